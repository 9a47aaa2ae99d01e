# Every command of Klaskompas. `make` alone explains itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .tools/uv/bin/uv)
RUN := $(UV) run --frozen
unexport VIRTUAL_ENV

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 22

$(UV):
	@python3 -m venv .tools/uv && .tools/uv/bin/pip install --quiet uv==$(UV_VERSION)

.PHONY: help setup run test test-fast test-conversations check lint format train talk migrate migration nlu-eval entity-eval bench-understanding bench-check-ins bench-search safety-eval held-back-eval redact-eval screenshots
setup: $(if $(findstring .tools,$(UV)),$(UV))  ## Make both environments
	@$(UV) sync --frozen --quiet --python 3.12
	@cd bot && $(abspath $(UV)) sync --frozen --quiet --python 3.10

run: setup  ## Start the whole service with the demo school
	@$(RUN) python -m commands.run

test: setup  ## Run every test
	@bash tests/run.sh

test-fast: setup  ## Run the tests that need nothing running, in under a minute
	@$(RUN) pytest -q -m "not stack and not browser and not slow" -x

test-conversations: setup  ## Run the conversations through Rasa's own test
	@$(RUN) python -m commands.engine test

check: lint test  ## What CI runs: lint, types, imports, tests

lint: setup  ## Check style, types and imports
	@$(RUN) ruff format --check . && $(RUN) ruff check . && $(RUN) mypy && $(RUN) lint-imports

format: setup  ## Put the code in its format
	@$(RUN) ruff format . && $(RUN) ruff check --fix .

train: setup  ## Train the engine if anything it learns from changed
	@$(RUN) python -m commands.engine train

talk: setup  ## Talk to the assistant in the terminal
	@$(RUN) python -m commands.talk

migrate: setup  ## Bring the database to the newest schema
	@$(RUN) python -m commands.migrate

migration: setup  ## Write a new migration: make migration m="add a column"
	@$(RUN) alembic revision --autogenerate -m "$(m)"

nlu-eval: setup  ## Score understanding: make nlu-eval FILE=x.tsv OUT=y.json
	@$(RUN) python -m commands.engine nlu-eval $(FILE) $(OUT)

bench-understanding: setup  ## Ours beside stock Rasa and nlp.js: make bench-understanding ARGS="--out x.json"
	@$(RUN) python -m benchmarks.understanding $(ARGS)

bench-check-ins: setup  ## Simulate the adaptive interest form: make bench-check-ins ARGS="--pupils 2000 --seed 2 [--ideal]"
	@$(RUN) python -m benchmarks.check_ins $(ARGS)

bench-search: setup  ## Time searches of programmes: make bench-search ARGS="--searches 2000"
	@$(RUN) python -m benchmarks.search $(ARGS)

entity-eval: setup  ## Score the places, subjects and levels found: make entity-eval FILE=x.tsv OUT=y.json
	@$(RUN) python -m commands.engine entity-eval $(FILE) $(OUT)

safety-eval: setup  ## Score the safety rules: make safety-eval FILE=x.tsv OUT=y.json
	@$(RUN) python -m commands.safety eval $(FILE) $(OUT)

held-back-eval: setup  ## Score what is held back: make held-back-eval FILE=x.tsv OUT=y.json
	@$(RUN) python -m commands.safety held-back $(FILE) $(OUT)

redact-eval: setup  ## Score redaction: make redact-eval FILE=x.tsv OUT=y.json
	@$(RUN) python -m commands.redaction eval $(FILE) $(OUT)

screenshots: setup  ## Make the pictures of the README anew
	@$(RUN) python -m commands.screenshots
