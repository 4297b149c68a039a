# Two commands: `make run` and `make test`. Both set up what they need; nothing else has to be installed
# but Python 3.11 or newer, make and git.
PYTHON ?= python3
EXAMPLE ?= forum
PORT ?=
ARGS ?=
# Some machines forbid compiled files; every start would then take seconds longer.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help install install-dev run test check words empty-database locks wheels format clean

help:
	@echo "make run   [EXAMPLE=forum|practice] [PORT=8000]   an association to look at, in your browser"
	@echo "make test  [ARGS='tests/meetings -k quorum']      everything that CI checks"
	@echo "make check     the same without the tests: style, types, imports, templates, words"
	@echo "make install   only set up; make install-dev with the developers' tools"
	@echo "make words     lay the Persian catalogue together and compile it"
	@echo "make empty-database   pack the database of a first start, after a migration was added"
	@echo "make locks     resolve the dependencies of pyproject.toml anew"
	@echo "make wheels    fetch all packages, for a machine without network"
	@echo "make format    bring the code into its layout"
	@echo "make clean     remove what was set up; your data in var/ stays"

install install-dev: python
	@$(PYTHON) setup/install.py $(if $(filter install-dev,$@),dev,run)

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { echo "Dabir needs Python 3.11 or newer, and there is no $(PYTHON) here." \
	  "On Debian or Ubuntu: apt-get install python3. Elsewhere: make $(or $(MAKECMDGOALS),install) PYTHON=/path/to/python3" >&2; exit 1; }

run: install
	@.venv/bin/dabir demo --example $(EXAMPLE)
	@exec .venv/bin/dabir serve $(if $(PORT),--port $(PORT))

test: install-dev
	@.venv/bin/python setup/check.py $(ARGS)

check: install-dev
	@.venv/bin/python setup/check.py --tools

empty-database: install
	@.venv/bin/python tools/empty_database.py

words: install
	@.venv/bin/python tools/catalogue.py build

# The second lock holds the first one's versions, so that tests run what is served.
LOCK = .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header
locks: install
	$(LOCK) $(UPGRADE) pyproject.toml setup/build.in -o requirements.lock
	$(LOCK) $(UPGRADE) pyproject.toml setup/build.in --extra dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) $(UPGRADE) setup/uv.in -o setup/uv.lock

# For a machine without network; docs/operate/install.md tells how they are used there.
wheels: python
	@$(PYTHON) $(wildcard setup/pip-*.whl)/pip download --quiet --require-hashes \
	  -r requirements.lock -r setup/uv.lock -d wheels

format: install-dev
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
