# Everything a person does with the project, one word each. `make` alone lists the words.

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
WORKERS ?= auto

export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix seed bench migration editions lock

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | \
		while IFS='|' read -r word text; do printf '%-18s %s\n' "$$word" "$$text"; done

setup: .venv/installed ## install the locked packages into .venv

.venv/installed: requirements-dev.lock app/launch/set_up.py
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "Python 3.11 or newer is needed: sudo apt-get install -y python3 python3-venv"; exit 1; }
	@$(PYTHON) app/launch/set_up.py
	@touch $@

run: .venv/installed ## start everything on this machine; Ctrl-C stops it
	@exec $(BIN)/python -m app.launch run

test: .venv/installed ## run the tests; ARGS="tests/launch -x" narrows them
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: .venv/installed ## style, types, import rules, templates, dependencies, migrations, editions
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/deptry app
	@$(BIN)/python -m app.launch.review_migrations
	@$(BIN)/python -m app.launch.editions --check

fix: .venv/installed ## repair what the style checks can repair
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

seed: .venv/installed ## add the demo people and cases to the database
	@$(BIN)/python -m app.launch seed

bench: .venv/installed ## measure speed and memory beside their floors
	@$(BIN)/python -m tests.bench $(ARGS)

migration: .venv/installed ## write the next migration: make migration m="what changes"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="cases have a priority"'; exit 1; }
	@$(BIN)/python -m app.launch migration "$(m)"

editions: .venv/installed ## record new versions of life events (docs/editions.json)
	@$(BIN)/python -m app.launch.editions $(if $(again),again=$(again))

LOCK := .venv/tools/bin/uv pip compile --quiet pyproject.toml --generate-hashes \
	--no-emit-index-url --universal

lock: .venv/installed ## write both lock files again from pyproject.toml
	@$(LOCK) --group dev -o requirements-dev.lock
	@$(LOCK) -c requirements-dev.lock -o requirements.lock
