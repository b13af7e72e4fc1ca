# One command each; every target sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export BANTIN_HOME ?= $(CURDIR)/var
export PYTHONUTF8 := 1

.PHONY: run test test-all lint bench gold clean install

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
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

bench: install ## speed as ratios, in one run
	@$(BIN)/python -m tests.benchmarks.extract

clean: ## remove the environment and what runs produced
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
