"""What a first visit of the home page sends over the wire."""

import re

import httpx

from tests.bench.loading import Unexpected
from tests.bench.measuring import Line, at_most
from tests.bench.ports import WEB_PORT
from tests.bench.stage import Stage

BAR_KB = 60
LINKED = re.compile(r'(?:<link[^>]*?href|<script[^>]*?src|<img[^>]*?src)="(/[^"]+)"')


async def first_page(stage: Stage) -> list[Line]:
    """Bytes of the page and of every file it names, compressed as a browser asks for them."""
    async with stage.web(), httpx.AsyncClient(base_url=f"http://127.0.0.1:{WEB_PORT}") as client:
        page = await client.get("/")
        sizes = {"/": _on_the_wire(page)}
        for path in dict.fromkeys(LINKED.findall(page.text)):
            answer = await client.get(path.replace("&amp;", "&"))
            if answer.status_code != httpx.codes.OK:
                raise Unexpected(f"{path}: {answer.status_code}")
            sizes[path.partition("?")[0]] = _on_the_wire(answer)
    listed = ", ".join(f"{path} {size / 1000:.1f}" for path, size in sizes.items())
    return [at_most("first page over the wire", sum(sizes.values()) / 1000, BAR_KB, "kB", listed)]


def _on_the_wire(answer: httpx.Response) -> int:
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return head + answer.num_bytes_downloaded
