# The shop's commands. `make help` explains them; each works from a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help deploy publish rollback setup setup-dev html serve check-content parts package check lint test simulate bench words golden artwork lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/shop.done $(BIN)/pouch ## Install what builds and serves the shop (other targets do it when needed)

setup-dev: $(VENV)/dev.done $(VENV)/node.done ## Install what tests and measures it as well

html: $(VENV)/shop.done ## Build the pages into output/; lists every fault in content/ and stops at any
	@$(BIN)/python -m plugins.build

serve: $(VENV)/shop.done $(BIN)/pouch ## Serve the whole shop on this machine: pages, cart, test payments, mails (PORT=8000)
	@$(BIN)/python -m cli serve

check-content: $(VENV)/shop.done ## Say what is wrong in content/, and what a shopper would still ask (ARGS="--strict" fails on that too)
	@$(BIN)/python -m cli check $(ARGS)

publish: $(VENV)/shop.done $(BIN)/pouch ## Build the shop and put it live at AWS (ARGS="--dry-run": only say what would change)
	@$(BIN)/pouch publish $(ARGS)

deploy: html $(BIN)/pouch ## Make the shop's place at AWS, or bring it up to date (ARGS="--dry-run": only say what would change)
	@$(BIN)/python -m cli deploy $(ARGS)

rollback: $(BIN)/pouch ## Go back to the release before (ID=…: to that one)
	@$(BIN)/pouch rollback $(ID) $(ARGS)

package: html ## Pack the functions for AWS into build/packages/ (ARGS="--python PATH": the Python 3.13 that compiles them)
	@$(BIN)/python -m cli package $(ARGS)

parts: $(VENV)/shop.done ## Write the page of all parts of the theme, which make serve shows at /_parts/
	@$(BIN)/python -m plugins.parts_page

check: $(VENV)/dev.done $(VENV)/node.done lint ## Types, style, import rules and all quick tests, in under a minute
	@$(BIN)/pytest -q -n 2 -m "not browser and not slow"

lint: $(VENV)/dev.done ## Types, style and import rules only
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: $(VENV)/dev.done $(VENV)/node.done lint html ## Everything, the journeys in a real browser included
	@CARTS=5000 SEEDS=2000 $(BIN)/pytest -n 3 -m "not alone"  # more than processors: many wait for a browser or a server
	@$(BIN)/pytest -m alone

simulate: $(VENV)/dev.done ## Play many histories in which everything may go wrong (SEEDS=2000 FIRST=0), and tell the first that breaks a rule
	@SEEDS=$(or $(SEEDS),2000) FIRST=$(or $(FIRST),0) $(BIN)/python -m tests.simulation

bench: $(VENV)/dev.done html ## Measure the build, the pages and the functions; writes docs/bench.md (ARGS="--quick": a little of it, writes nothing)
	@$(BIN)/python -m tests.bench $(ARGS)

words: $(VENV)/shop.done ## Gather what the shop says to shoppers, bring functions/language/*.po up to date and compile them
	@$(BIN)/python -m plugins.translation

golden: $(VENV)/dev.done ## Write the expected output of the sample shop anew, to be read as a diff
	@$(BIN)/python -m tests.golden.regenerate

artwork: $(VENV)/dev.done ## Draw the demo shop's pictures anew
	@$(BIN)/python -m content.artwork

lock: $(VENV)/dev.done ## Write the lock files anew from pyproject.toml
	@$(BIN)/uv pip compile -q pyproject.toml --group test --universal --generate-hashes --no-header --no-annotate -o requirements-dev.txt
	@$(BIN)/uv pip compile -q pyproject.toml --group build --universal --generate-hashes --no-header --no-annotate -c requirements-dev.txt -o requirements.txt
	@$(BIN)/uv pip compile -q pyproject.toml --group functions --group invoice --universal --generate-hashes --no-header --no-annotate -c requirements-dev.txt -o requirements-functions.txt

clean: ## Delete what was built; orders and mails in var/ stay
	rm -rf output build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Pouch needs Python 3.11 or newer. Install it, or name it: make serve PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/shop.done: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the shop needs (once, about a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

# The owner's commands by one word.
$(BIN)/pouch: cli/pouch | $(BIN)/python
	@ln -sf ../../cli/pouch $@

$(VENV)/dev.done: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need (once, a minute or two) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/shop.done

# Lighthouse, the HTML checker and CommonMark's examples. Where there is no Node, their tests are skipped.
$(VENV)/node.done: tests/node/package-lock.json | $(VENV)/dev.done
	@if command -v npm >/dev/null; then \
	  echo "Installing what the tests need from npm (once, about a minute) ..."; \
	  cd tests/node && npm ci --silent && touch $(CURDIR)/$@; \
	fi
