# One command each; every target sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export BANTIN_HOME ?= $(CURDIR)/var
export PYTHONUTF8 := 1
N ?= 20000

.PHONY: help run test test-all lint bench bench-archive bench-datasette screenshots gold clean install
.DEFAULT_GOAL := help

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

install: $(STAMP) ## an environment in .venv with everything pinned

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Python 3.11 to 3.13 is needed, $(PYTHON) is $$($(PYTHON) --version 2>&1); make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) # a half-made one is made anew
	@echo "Installing into $(VENV) (a few minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location -c constraints.txt -e ".[dev,dask]"
	@touch $@

run: install ## scrape the bundled sample portal into var/bantin.db and say what was found
	@$(BIN)/python -m tests.portal.demo

test: install ## every test but the long ones
	@$(BIN)/python -m pytest -m "not slow"

test-all: install ## the long ones too (a real scheduler, kill matrix)
	@$(BIN)/python -m pytest

lint: install ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

gold: install ## scores against the labelled documents
	@$(BIN)/python -m tests.gold.report

bench: install ## characters a second, as ratios to other work in the same run
	@$(BIN)/python -m tests.benchmarks.extract
	@echo; $(BIN)/python -m tests.benchmarks.pages
	@$(BIN)/python -m tests.benchmarks.load
	@echo; echo "Units right to the word, by what says where a noun that the lexicon lacks ends:"
	@$(BIN)/python -m tests.benchmarks.ablation
	@echo; echo "The ledger:"
	@$(BIN)/python -m tests.benchmarks.ledger

bench-archive: install ## an archive of N=20000 captures through every step, beside one of a tenth (half an hour)
	@$(BIN)/python -m tests.benchmarks.archive --captures $(N)

bench-datasette: install ## how long pages and queries take on a million made-up figures (some minutes)
	@$(BIN)/python -m tests.benchmarks.datasette
	@$(BIN)/python -m tests.benchmarks.reading

screenshots: install ## the six pages as pictures, in db/datasette/screenshots (needs Chromium)
	@$(BIN)/python -m tests.datasette.screenshots

clean: ## remove the environment and what runs produced
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
