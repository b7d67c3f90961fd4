PY := .venv/bin/python
STAMP := .venv/.installed

help: ## What can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.txt requirements-dev.txt
	python3 -m venv .venv
	$(PY) -m pip install -q -r requirements.txt -r requirements-dev.txt
	@touch $(STAMP)

setup: $(STAMP) ## Install the pinned requirements into .venv

run: $(STAMP) ## Build the demo store if there is none, then serve http://localhost:8501 with the loop going on
	$(PY) -m jobs demo

dev: $(STAMP) ## The same, with pages reloading as files change
	$(PY) -m jobs demo --watch-files

test: $(STAMP) ## Everything that needs no outside account
	$(PY) -m pytest -n 2 --dist loadgroup

check: $(STAMP) ## Format, lint, types, contracts, dependency audit, tests
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy app.py pages web engine policies jobs sandbox bench
	.venv/bin/lint-imports
	$(PY) -m jobs.audit
	$(MAKE) test

bench: $(STAMP) ## Every measurement, beside what a user would pick instead
	$(PY) -m bench all

.PHONY: help setup run dev test check bench
