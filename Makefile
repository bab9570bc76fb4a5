# Everything runs in .venv, which is made again whenever what it holds is declared anew.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: help demo test check generated bench clean

help: ## Show the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(INSTALLED) ## Build a small repository in incidentdocs-demo and show on it what the program does
	rm -rf incidentdocs-demo
	$(BIN)/incidentdocs demo incidentdocs-demo

test: $(INSTALLED) ## Run the whole test suite
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal

check: $(INSTALLED) ## Run ruff, mypy, import-linter, the pre-commit configuration and incidentdocs on docs/
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate.py --check
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/pre-commit run --all-files --show-diff-on-failure
	$(BIN)/incidentdocs lint --strict docs

generated: $(INSTALLED) ## Write the generated files anew: schemas/, docs/rules/, the table of settings
	$(BIN)/python tools/generate.py

bench: $(INSTALLED) ## Measure the cold start, a thousand documents, learning, and what keeps coming back
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/corpus.py
	$(BIN)/python benchmarks/learning.py
	$(BIN)/python benchmarks/similarity.py
	$(BIN)/python benchmarks/escalations.py
	$(BIN)/python benchmarks/site.py

clean: ## Remove what the other targets made
	rm -rf $(VENV) incidentdocs-demo .mypy_cache .pytest_cache .ruff_cache .hypothesis
