# Needs Python 3.11 or later and make; the rest is installed into .venv. Another Python: make PYTHON=python3.12
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DATA   ?= data

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench docs clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 16

# The stamp is older than pyproject.toml when a dependency has changed.
$(VENV)/.ready: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

setup: $(VENV)/.ready ## make .venv with all that is needed

demo: setup ## crawl an invented site on this machine into ./data, and look at what was found
	@$(BIN)/python -m tests.demo --archive $(DATA)

test: setup ## run the tests
	$(BIN)/python -m pytest --numprocesses 4

lint: setup ## check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup ## measure speed and memory against other programs; takes minutes
	$(BIN)/python -m benchmarks

docs: setup ## write docs/commands.md anew from the commands' own help
	$(BIN)/python docs/generate.py

clean: ## delete .venv and caches; archives stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
