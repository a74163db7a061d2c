# Every target works on a fresh Debian 12 with python3.11, python3.11-venv, make and git; `make help` lists them.
PORT ?= 8000
PYTHON ?= python3
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help setup run test bench long train lint fix sure lock vendor
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: .venv/.ready ## make .venv from the hashed lock and the libraries for PDFs; quick when nothing changed
	@deploy/pdf-libraries.sh

.venv/.ready: requirements-dev.lock
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo 'Python has no venv module. Run: apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

run: setup ## everything on this machine, with demo data, on http://127.0.0.1:8000 (PORT= overrides)
	@PORT=$(PORT) exec .venv/bin/python -m portal up --demo

test: setup ## every test but the long suites
	@.venv/bin/python -m pytest -n 2 --dist worksteal -m 'not long'

lint: setup ## formatter, linter, type checker, house rules
	ruff format --check .
	ruff check .
	mypy
	lint-imports

fix: setup ## format and mend what can be mended
	ruff format .
	ruff check --fix .

lock: ## resolve pyproject.toml into the two hashed locks (needs uv)
	uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements-dev.lock

vendor: ## make styles and scripts of others again (needs npm); a machine without it uses the committed ones
	deploy/vendor.sh

bench: setup ## the benchmarks, each figure as a ratio to its floor; ONLY="schedules draw" for some
	python -m bench $(ONLY)

long: setup ## the long suites: tens of thousands of random inputs for each engine
	python -m pytest tests -m long -n 2

train: ## train the advertisement check's learned reader anew (an hour or more; TRAIN="--keep-out batch-4" to measure)
	test -d var/train/venv || $(PYTHON) -m venv var/train/venv
	var/train/venv/bin/pip install --quiet --disable-pip-version-check -r tools/reader/requirements.txt
	var/train/venv/bin/python -m tools.reader $(TRAIN)

sure: fix lint test ## what to run before a commit
