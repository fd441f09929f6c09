"""A supervisor with one steady program, to be killed from outside."""

import asyncio
import os

from app.launch.supervisor import Program, Supervisor


async def main() -> None:
    supervisor = Supervisor([Program("steady", "tests.launch.programs.steady")], dict(os.environ))
    supervisor.stop_on_signals()
    await supervisor.run()
    print("stopped in order", flush=True)


asyncio.run(main())
