# Trigpoint: `make` by itself lists what can be done.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_HOME ?= demo-home
PORT ?= 8000
# The real open data, where somebody has put it; tests and benchmarks that need it say so when they skip.
ifneq ($(wildcard ../shared/data/README.md),)
export TRIGPOINT_OPEN_DATA ?= $(abspath ../shared/data)
endif
FRONTEND_SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)
# Over the processors there are, file by file: what a file's tests share is made once. In the order of tests/conftest.py.
SPREAD ?= -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
# Tests of pages and files that only read facts, which lie in DuckDB whatever keeps people's work.
READ_ONLY := $(foreach name,analyses answers api_described exports hot_now papers present,--ignore=tests/functional/test_$(name).py)
DIST := trigpoint/web/static/trigpoint/dist/manifest.json

.DEFAULT_GOAL := help
.PHONY: help demo test check coverage fix bench soak clean lock spark-test postgres-test browser-test

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/.run  ## set everything up and open the synthetic county (PORT=8000)
	$(BIN)/trigpoint --home $(DEMO_HOME) demo --port $(PORT)

test: $(VENV)/.dev  ## set everything up and run every test that this machine can run
	$(BIN)/python -m pytest -q $(SPREAD)
	$(BIN)/python -m tests.with_postgres -q $(SPREAD) -m "database and not spark and not browser" $(READ_ONLY) tests/integration tests/unit tests/functional
	$(BIN)/python -m tests.front_end test

check: $(VENV)/.dev  ## format, lint, types, walls, front-end checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m django check --fail-level WARNING --settings trigpoint.config.settings
	$(BIN)/python -m django makemigrations --check --dry-run --settings trigpoint.config.settings
	$(BIN)/python -m tests.front_end check

coverage: $(VENV)/.dev  ## every branch of what decides what is told, run without the compiler (one minute)
	$(BIN)/python -m tests.covered

fix: $(VENV)/.dev  ## format and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m tests.front_end fix

bench: $(VENV)/.dev  ## measure, side by side with the best peers
	$(BIN)/python -m benchmarks

soak: $(VENV)/.dev  ## the long seeded runs: 10,000 files, 300 kills, 400 quiet worlds, 100 million records
	mkdir -p build/soak
	$(BIN)/python -m pytest -q --hypothesis-profile=soak tests/property
	$(BIN)/python -m tests.soak_files --files 10000 --seed 1 --resume build/soak/files.json
	$(BIN)/python -m tests.soak_kills --points 300 --seed 1 --resume build/soak/kills.json
	$(BIN)/python -m tests.soak_false_alarms --worlds 200 --replicates 199 --seed 1 --resume build/soak/false-alarms.jsonl
	$(BIN)/python -m tests.soak_evaluations --closures 120 --seed 1 --resume build/soak/evaluations.jsonl
	$(BIN)/python -m benchmarks --full

lock:  ## renew the locked dependencies (needs uv)
	for name in runtime dev; do \
	  extras="--extra build"; [ $$name = dev ] && extras="$$extras --extra dev --extra scale --extra bench"; \
	  uv pip compile -q pyproject.toml $$extras --universal --python-version 3.11 --generate-hashes \
	    --no-annotate --no-header --no-emit-index-url --no-emit-find-links -o requirements/$$name.txt; \
	done

clean:  ## remove the environments, the demo home and what was built
	rm -rf $(VENV) $(DEMO_HOME) build dist frontend/node_modules trigpoint/web/static/trigpoint/dist

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Trigpoint needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

# Two steps, because pip cannot hash a folder: what is locked, then this project without its dependencies.
$(VENV)/.run: $(VENV)/bin/python requirements/runtime.txt pyproject.toml $(FRONTEND_SOURCES)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements/dev.txt pyproject.toml $(FRONTEND_SOURCES)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.run
