# Everything a newcomer needs: `make demo`, then `make test`. `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
unexport VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types tests bench lock clean

help:  ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/.ready nlu/.venv/.ready  ## Install both environments (only what changed)

demo: setup  ## Start the whole shop with demo data, and say where to click
	@$(BIN)/parley demo

test: setup check  ## Install, then lint, types and tests on real Postgres and real Rasa

check: lint types tests  ## The same without the installs

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

tests:
	@command -v chromium >/dev/null || echo "No chromium here: the browser tests are left out (apt-get install chromium)."
	$(BIN)/pytest

bench: setup  ## Measure the budgets as ratios in one run (several minutes)
	@$(BIN)/python -m bench

lock: .venv/.ready  ## Compile requirements/*.in and nlu/requirements.in into hash-pinned files
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 requirements/app.in -o requirements/app.txt
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	cd nlu && ../$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.10 requirements.in -o requirements.txt

clean:  ## Remove both environments and everything the shop keeps in .parley/
	rm -rf .venv nlu/.venv .parley

.venv/.ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Parley needs Python 3.11 or newer, and $(PYTHON) is older. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Installing the app's environment (.venv) …"
	@$(PYTHON) -m venv --clear .venv || { \
		echo "Could not make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@cp $(UV) $(BIN)/uv-bootstrap && $(BIN)/uv-bootstrap pip sync --quiet --python $(BIN)/python requirements/dev.txt && rm $(BIN)/uv-bootstrap
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

nlu/.venv/.ready: nlu/requirements.txt nlu/.python-version .venv/.ready
	@echo "Installing Rasa's environment (nlu/.venv, 2.5 GB) …"
	@cd nlu && ../$(UV) venv --quiet --clear .venv || { \
		echo "Rasa needs Python 3.10, which uv neither found nor could download. Install it (for example: pyenv install 3.10), then run make again."; exit 1; }
	@cd nlu && ../$(UV) pip sync --quiet --python .venv/bin/python requirements.txt
	@touch $@
