# Everything a developer or a tester types. Set-up happens by itself: the folder .venv is made from
# the hashed lock files and made again only when they change.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OFFSCREEN := QT_QPA_PLATFORM=offscreen
DEMO := build/demo

.PHONY: run test check check-style bench screens verapdf lock messages clean

run: $(VENV)/run.stamp
	@mkdir -p $(DEMO)
	@echo "Opening the demo city…"
	@$(BIN)/python -m sat_desktop --workspace $(DEMO)/workspace.db demo --window --export $(DEMO)/plan.pdf

test: $(VENV)/dev.stamp
	@echo "Running the tests (about five minutes)…"
	@$(OFFSCREEN) $(BIN)/python -m pytest -n 2 $(ARGS)

check: check-style
	$(OFFSCREEN) $(BIN)/python -m pytest -n 2 --cov --cov-report= $(ARGS)
	$(BIN)/python packaging/check_coverage.py

check-style: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python packaging/messages.py --check

bench: $(VENV)/bench.stamp
	$(OFFSCREEN) $(BIN)/python -m pytest tests/benchmarks -s -p no:randomly --benchmark-only --benchmark-quiet --timeout=1800 $(ARGS)

screens: $(VENV)/dev.stamp
	$(OFFSCREEN) $(BIN)/python packaging/screens.py --strict

verapdf: $(VENV)/dev.stamp
	$(OFFSCREEN) $(BIN)/python -m pytest -m verapdf $(ARGS)

# Messages of the program: collects the English sentences, updates and compiles the catalogues.
messages: $(VENV)/dev.stamp
	$(BIN)/python packaging/messages.py

# Needs uv; the files name no registry.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements.lock -o requirements-dev.lock
	uv pip compile pyproject.toml --extra dev --extra bench --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements-dev.lock -o requirements-bench.lock
	uv pip compile requirements-build.in --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -o requirements-build.lock

# What a lock names and nothing else: pip neither looks for dependencies nor for newer releases, so an
# old checkout installs as it did on its first day. `pip check` then says what a lock may lack.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
VERIFY = $(BIN)/python -m pip --disable-pip-version-check check >$(VENV)/pip-check.txt || { cat $(VENV)/pip-check.txt; exit 1; }

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11")'
	@echo "Making a place for the program's libraries in $(VENV)…"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements.lock requirements-build.lock pyproject.toml | $(VENV)/python.stamp
	@echo "Installing what the program needs (half a minute the first time)…"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --require-hashes -r requirements-build.lock
	@$(INSTALL) --no-build-isolation --editable .
	@$(VERIFY)
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing what the tests and checks need…"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(VERIFY)
	@touch $@

$(VENV)/bench.stamp: requirements-bench.lock $(VENV)/dev.stamp
	@echo "Installing what the speed comparison needs…"
	@$(INSTALL) --require-hashes -r requirements-bench.lock
	@$(VERIFY)
	@touch $@

clean:
	rm -rf $(VENV) build dist
