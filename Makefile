# Fanjian 繁简: `make editions` sets up what is missing and builds the sample books; `make test` runs the tests.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SYSTEM := $(VENV)/.system
BUILD_FLAGS := $(if $(SCRIPT),--script $(SCRIPT))
BOOKS := $(if $(BOOK),$(if $(wildcard sources/$(BOOK)),sources/$(BOOK),$(BOOK)),sources)

.DEFAULT_GOAL := help
.PHONY: help editions pdf epub docx test check lint types sweep bench lock doctor clean docs setup readme

help: ## this list
	@awk -F':.*## ' '/^[a-z ]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  BOOK=name and SCRIPT=zh-Hant|zh-Hans narrow editions, pdf, epub and docx."

editions: setup ## install what is missing, build all sample books into build/
	$(BIN)/fanjian build $(BOOKS) -o build $(BUILD_FLAGS)

pdf epub docx: setup ## only this format
	$(BIN)/fanjian build $(BOOKS) -o build $(BUILD_FLAGS) --format $@

test: setup ## run the tests
	$(BIN)/python -m pytest -n auto -m "not sweep"

check: lint types test ## lint, types and tests: what CI runs

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

sweep: setup ## the long sweeps: a thousand soiled texts and more
	$(BIN)/python -m pytest -n auto -m sweep

bench: setup ## measurements
	$(BIN)/python -m bench

doctor: setup ## is everything there?
	$(BIN)/fanjian doctor

docs: setup ## the generated pages: help texts, rules, the Traditional README
	$(BIN)/python docs/generate.py

setup: $(SYSTEM) $(STAMP)

$(SYSTEM): system/packages.txt system/install.sh
	@bash system/install.sh $(PYTHON)
	@mkdir -p $(VENV) && touch $@

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock: ## write requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements.lock

clean: ## remove what was built (not the virtual environment)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
