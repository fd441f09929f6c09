"""The engine's rules as pure functions: plan, eligibility, transitions, deadlines."""
