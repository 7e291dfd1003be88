# The two commands: `make run` and `make test`. Everything else is for those who change the studio.
PYTHON ?= python3
BIN := .venv/bin

run: setup          ## set up, then make the demonstration's pictures into demo-output/
	$(BIN)/dalle-studio demo --output demo-output

test: setup         ## set up, then run every test
	$(BIN)/python -m pytest

check: setup        ## formatting, lint, types, floors, sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/python packaging/size_report.py

bench: setup        ## figures, with ratios against plain diffusers in one run
	$(BIN)/python -m tests.benchmarks.engine

starter: setup      ## train the starter model; resumable, takes days on a CPU
	$(PYTHON) packaging/bootstrap.py dev training
	$(BIN)/python -m dalle_studio.training --work .starter

setup:
	@$(PYTHON) packaging/bootstrap.py dev

clean:              ## remove the environment and everything made by tests
	rm -rf .venv demo-output .pytest_cache .ruff_cache .hypothesis

.PHONY: run test check bench starter setup clean
