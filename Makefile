# Everything runs in .venv, made from the lock files; a second run needs no network.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DOCS ?= samples
FUZZ_SECONDS ?= 60
FAULT_RUNS ?= 200
SOAK_LOAD_SECONDS ?= 3600
SOAK := $(patsubst %,tests/test_%.py,faults kills kills_api embedded determinism clocks full_disk second_instance overload)
WORKERS ?= 2
LOCK_OPTIONS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: audit bench chromium docs fuzz fuzz-keep help pictures ready run sbom soak test test-bundle test-engines test-ray check format lock \
  lock-java train clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/'

run: $(VENV)/.run ## set up, start Neo4j, load DOCS (default: samples), serve the API
	@$(BIN)/huitu run "$(DOCS)"

test: $(VENV)/.dev ## set up and run lint, types and all tests
	@$(MAKE) --no-print-directory --jobs 2 --output-sync check ready chromium
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-ray: $(VENV)/.ray ## run the tests that need Ray, which is large
	@$(BIN)/python -m pytest tests/test_shards.py $(ARGS)

test-engines: $(VENV)/.engines ## run the tests that need HanLP 2 and torch, which are large
	@$(BIN)/python -m pytest tests/test_hanlp2.py tests/test_hanlp2_trained.py tests/test_engines.py -k hanlp2 $(ARGS)

test-bundle: $(VENV)/.dev ## pack Huitu, install it where there is no network, and ask it a question
	@BUNDLE_WHOLE=1 $(BIN)/python -m pytest tests/test_bundle.py $(ARGS)

ready: $(VENV)/.dev # what servers start with is made while mypy has one core
	@$(BIN)/python tests/ready.py

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
	  -artifact_prefix=.fuzz/sources- .fuzz/sources tests/data/fuzz/sources tests/data/sources
	@PYTHONPATH=tests $(BIN)/python tests/fuzz/extraction.py -max_total_time=$(FUZZ_SECONDS) -max_len=400 -len_control=0 \
	  -artifact_prefix=.fuzz/extraction- .fuzz/extraction tests/data/fuzz/extraction

fuzz-keep: ## keep the short ones of the inputs that make fuzz found interesting: tests/data/fuzz
	@for each in sources extraction; do find .fuzz/$$each -type f -size -201c -exec cp {} tests/data/fuzz/$$each \; ; done

sbom: $(VENV)/.run ## write the software bill of materials (CycloneDX), without a network: build/sbom.json
	@$(BIN)/python docs/sbom.py build/sbom.json

audit: $(VENV)/.made ## look the packages of requirements.lock up in OSV, the database of known vulnerabilities; takes a network
	@$(PYTHON) -m venv build/audit && build/audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit==2.*' \
	  || { echo "pip-audit could not be installed: this takes a network."; exit 1; }
	@build/audit/bin/pip-audit --vulnerability-service osv --disable-pip --require-hashes --requirement requirements.lock \
	  2>build/audit/errors || { tail -1 build/audit/errors; \
	    echo "Either vulnerabilities are listed above, or the database could not be reached: build/audit/errors."; exit 1; }

soak: $(VENV)/.dev ## break connections FAULT_RUNS times at random, kill commands, service and database, an hour of load (SOAK_LOAD_SECONDS), and what else takes long; FAULT_SEED=N repeats a run
	@seed=$${FAULT_SEED:-$$RANDOM}; echo "FAULT_SEED=$$seed"; \
	  FAULT_SEED=$$seed FAULT_RUNS=$(FAULT_RUNS) SOAK_LOAD_SECONDS=$(SOAK_LOAD_SECONDS) \
	  $(BIN)/python -m pytest --soak $(SOAK)

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
