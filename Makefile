# Everything runs in .venv, made from the lock files; a second run needs no network.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DOCS ?= samples
FUZZ_SECONDS ?= 60
FAULT_RUNS ?= 200
WORKERS ?= 2
LOCK_OPTIONS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: bench chromium docs fuzz help pictures run soak test test-engines test-ray check format lock lock-java train clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/'

run: $(VENV)/.run ## set up, start Neo4j, load DOCS (default: samples), serve the API
	@$(BIN)/huitu run "$(DOCS)"

test: $(VENV)/.dev check chromium ## set up and run lint, types and all tests
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-ray: $(VENV)/.ray ## run the tests that need Ray, which is large
	@$(BIN)/python -m pytest tests/test_shards.py $(ARGS)

test-engines: $(VENV)/.engines ## run the tests that need HanLP 2 and torch, which are large
	@$(BIN)/python -m pytest tests/test_hanlp2.py tests/test_hanlp2_trained.py tests/test_engines.py -k hanlp2 $(ARGS)

chromium: # for the browser tests; where it may not be installed they are skipped, in CI they fail
	@command -v chromium chromium-browser google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	       && apt-get -qq update && apt-get -qq install --yes chromium fonts-noto-cjk >/dev/null; } \
	  || echo "There is no Chromium here: install it to run the browser tests too."

check: $(VENV)/.dev ## lint, format and strict types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev ## format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: ## resolve the lock files anew (needs uv)
	uv pip compile pyproject.toml --group build $(LOCK_OPTIONS) --output-file requirements.lock
	uv pip compile pyproject.toml --group dev $(LOCK_OPTIONS) --constraints requirements.lock --output-file requirements-dev.lock
	uv pip compile pyproject.toml --extra ray $(LOCK_OPTIONS) --constraints requirements-dev.lock --output-file requirements-ray.lock
	uv pip compile pyproject.toml --extra hanlp $(LOCK_OPTIONS) --constraints requirements-dev.lock --output-file requirements-engines.lock

lock-java: $(VENV)/.run ## resolve the Java artifacts anew (graph/artifacts.lock)
	$(BIN)/python -m graph.artifacts

train: $(VENV)/.dev ## make the shipped models from the annotated documents in gold/train
	$(BIN)/python -m extract.tagger gold/train extract/models/tagger.npz
	$(BIN)/python -m extract.scorer gold/train extract/models/relations.npz

bench: $(VENV)/.dev ## measure everything against baselines, as ratios: out/bench/index.html; ARGS=--quick for a smoke run
	@$(BIN)/python -m bench $(ARGS)

docs: $(VENV)/.dev ## build the documentation into build/site, without a network
	@$(BIN)/python docs/build.py

pictures: $(VENV)/.dev ## take the pictures of the documentation anew, by the tests of the explorer
	@$(BIN)/python -m pytest tests/test_explorer.py tests/test_explorer_states.py tests/test_explorer_ingest.py
	@for each in docs/pictures/*.png; do cp "out/explorer/$$(basename "$$each" .png)-desktop-light.png" "$$each"; done

fuzz: $(VENV)/.dev ## look for bytes and texts that make the readers or the extractor fail, FUZZ_SECONDS each
	@mkdir -p .fuzz/sources .fuzz/extraction
	@PYTHONPATH=tests $(BIN)/python tests/fuzz/sources.py -max_total_time=$(FUZZ_SECONDS) -max_len=4000 -len_control=0 \
	  -artifact_prefix=.fuzz/sources- .fuzz/sources tests/data/sources
	@PYTHONPATH=tests $(BIN)/python tests/fuzz/extraction.py -max_total_time=$(FUZZ_SECONDS) -max_len=400 -len_control=0 \
	  -artifact_prefix=.fuzz/extraction- .fuzz/extraction

soak: $(VENV)/.dev ## break connections to the database FAULT_RUNS times at random; FAULT_SEED repeats what a seed gives
	@seed=$${FAULT_SEED:-$$RANDOM}; echo "FAULT_SEED=$$seed"; \
	  FAULT_SEED=$$seed FAULT_RUNS=$(FAULT_RUNS) $(BIN)/python -m pytest tests/test_faults.py

clean: ## remove the environment and caches; the data folder stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .fuzz

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Huitu needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'
	@$(PYTHON) -c 'import ensurepip' || { echo "This Python cannot make environments: install the package python3-venv."; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing the dependencies of requirements.lock ..."
	@$(PIP_INSTALL) --no-deps --require-hashes -r requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Installing the test dependencies of requirements-dev.lock ..."
	@$(PIP_INSTALL) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.ray: $(VENV)/.dev requirements-ray.lock
	@echo "Installing Ray and what it needs of requirements-ray.lock ..."
	@$(PIP_INSTALL) --no-deps --require-hashes -r requirements-ray.lock
	@touch $@

$(VENV)/.engines: $(VENV)/.dev requirements-engines.lock
	@echo "Installing HanLP 2 and what it needs of requirements-engines.lock ..."
	@$(PIP_INSTALL) --no-deps --require-hashes -r requirements-engines.lock
	@touch $@
