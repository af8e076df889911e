# Everything a newcomer needs: `make demo`, then `make test`. `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
unexport VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-slack test check lint types tests nlu-check bench lift chaos lock clean

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready nlu/.venv/.ready  ## Install both environments (only what changed)

demo: setup  ## Start the whole shop with demo data, and say where to click
	@$(BIN)/parley demo

demo-slack: setup .parley/local-slack/local-slack  ## The same with a Slack workspace on this machine beside it (fetched with npm)
	@$(BIN)/parley demo --slack

test: setup check  ## Install, then lint, types and tests on real Postgres and real Rasa

check: lint types tests  ## The same without the installs

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types:
	$(BIN)/mypy

tests:
	@command -v chromium >/dev/null || echo "No chromium here: the browser tests are left out (apt-get install chromium)."
	@test -x .parley/local-slack/local-slack || echo "No local Slack here: its tests are left out (make .parley/local-slack/local-slack, needs npm)."
	@test -x .parley/localstripe/bin/localstripe || echo "No local Stripe here: its tests are left out (make .parley/localstripe/bin/localstripe)."
	$(BIN)/pytest --numprocesses $$(($$(nproc) + 1)) --maxprocesses 4 --dist loadfile --no-loadscope-reorder  # one more than cores: many wait

nlu-check: setup  ## Play what strangers wrote in running shops of three trades, and judge what became of it
	@$(BIN)/python -m tests.judges

bench: setup  ## Measure the budgets as ratios in one run (several minutes)
	@$(BIN)/python -m bench

lift: setup  ## Simulate campaigns with known effects, and count how often what is said of them is right (some 20 minutes)
	@$(BIN)/python -W ignore::ResourceWarning -m bench.lifting

chaos: setup  ## Order and cancel for a minute while everything is killed at random; nothing may be lost or doubled
	@$(BIN)/python -m tests.e2e.chaos
	@$(BIN)/python -m tests.e2e.campaign_chaos

lock: .venv/.ready  ## Compile requirements/*.in and nlu/requirements.in into hash-pinned files
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 requirements/app.in -o requirements/app.txt
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --override requirements/overrides.in requirements/dev.in -o requirements/dev.txt
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 requirements/localstripe.in -o requirements/localstripe.txt
	cd nlu && ../$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.10 requirements.in -o requirements.txt

LOCAL_SLACK := local-slack-linux-x64@0.1.8
LOCAL_SLACK_SHA256 := 3332007b797969d835f694b463ac526f7ef1fc66afac93f950f585105fe4815f

.parley/local-slack/local-slack:
	@command -v npm >/dev/null || { echo "The local Slack is fetched with npm, which is not here. On Debian: apt-get install npm"; exit 1; }
	@mkdir -p $(@D) && cd $(@D) && npm pack --silent $(LOCAL_SLACK) >/dev/null && tar xzf *.tgz && rm *.tgz
	@echo "$(LOCAL_SLACK_SHA256)  $(@D)/package/bin/local-slack" | sha256sum --check --quiet
	@mv $(@D)/package/bin/local-slack $@ && rm -r $(@D)/package && touch $@

.parley/localstripe/bin/localstripe: requirements/localstripe.txt .venv/.ready
	@$(UV) venv --quiet --clear --python $(BIN)/python .parley/localstripe
	@$(UV) pip sync --quiet --python .parley/localstripe/bin/python requirements/localstripe.txt
	@touch $@

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
