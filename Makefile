PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
UV_VERSION := 0.13.9
BIN    := .venv/bin
READY  := .venv/.ready
STORE  := .madoguchi
PO     := $(wildcard translations/*/LC_MESSAGES/messages.po)
MO     := $(PO:.po=.mo)
POT    := build/messages.pot
EXTRACT := $(BIN)/pybabel -q extract -F pyproject.toml -k lazy_gettext --no-location --project=madoguchi -o $(POT) .

.PHONY: help setup serve test browser browser-test walkthrough check format i18n index wheel bench bench-search table harm faults faults-quick mutants clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/uv:
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip .venv
	@if [ -x $(BIN)/pip ]; then $(BIN)/pip install -q uv==$(UV_VERSION); \
	 else $(PYTHON) -m pip --python $(BIN)/python install -q uv==$(UV_VERSION); fi

$(READY): $(BIN)/uv pyproject.toml uv.lock
	@$(BIN)/uv sync --locked --quiet
	@touch $@

%.mo: %.po $(READY)
	@$(BIN)/pybabel -q compile -i $< -o $@

setup: $(READY) $(MO) ## install everything the project needs into .venv

index: setup ## check the content and publish it as a snapshot
	@$(BIN)/madoguchi index --store $(STORE)

serve: index ## run the site on http://127.0.0.1:8000
	@MADOGUCHI_STORE=$(STORE) $(BIN)/madoguchi serve --host $(HOST) --port $(PORT)

test: setup ## run the tests, those that need no browser
	$(BIN)/pytest -m "not browser and not faults"

browser: setup ## install Debian's chromium and a Japanese font (as root), and what drives them
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -q "Noto Sans CJK" && ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || \
	  { export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig libatomic1; } >build-browser.log 2>&1 || \
	  { tail -n 5 build-browser.log; echo "chromium was not installed: run make browser as root"; exit 1; }
	@rm -f build-browser.log
	@$(BIN)/uv sync --locked --quiet --group browser

browser-test: browser ## the pages in a real browser; pictures in build/screenshots
	$(BIN)/pytest -m browser

walkthrough: browser ## take the pictures of docs/walkthrough.md anew
	$(BIN)/python -m tests.browser.walkthrough

check: setup ## lint, types, layers, templates, catalogs, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --verbose | tail -n 12
	$(BIN)/djlint templates --lint --quiet
	@mkdir -p build && $(EXTRACT)
	@for lang in ja en; do $(BIN)/pybabel -q update --check --ignore-pot-creation-date -N --no-wrap -i $(POT) \
	  -l $$lang -d translations || { echo "translations/$$lang is stale: run make i18n"; exit 1; }; done
	$(BIN)/madoguchi verify
	$(BIN)/madoguchi readability

format: setup ## format the code
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .

i18n: $(READY) ## take new strings of code and templates into the catalogs
	@mkdir -p build && $(EXTRACT)
	@for lang in ja en; do test -f translations/$$lang/LC_MESSAGES/messages.po \
	  && $(BIN)/pybabel -q update -N --no-wrap --ignore-obsolete --ignore-pot-creation-date -i $(POT) -l $$lang -d translations \
	  || $(BIN)/pybabel -q init -i $(POT) -l $$lang -d translations; done
	@echo "fill in what is empty in translations/*/LC_MESSAGES/messages.po"

wheel: setup ## build a wheel that carries content, templates and translations
	@$(BIN)/uv build --wheel --quiet -o dist . && ls dist

bench: setup ## run the benchmarks, ours beside peers
	@$(BIN)/uv sync --locked --quiet --group bench
	$(BIN)/python benchmarks/rules.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/understanding.py

bench-search: setup ## search beside its peers: make bench-search SETS="DIR [DIR …]"
	@$(BIN)/uv sync --locked --quiet --group bench
	$(BIN)/python benchmarks/search.py $(SETS)

table: setup ## write docs/outcome-table.txt: where every situation leads, for review
	$(BIN)/python -m tests.mutation.table

harm: setup
	@command -v strace bwrap faketime >/dev/null || \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends strace bubblewrap faketime; } >/dev/null 2>&1 || \
	  { echo "strace, bubblewrap and faketime were not installed: run this as root"; exit 1; }

faults: harm ## the fault campaign at full counts: one line a fault, exit 1 when one is not survived
	$(BIN)/python -m tests.faults

faults-quick: harm ## the first twenty faults at small counts
	$(BIN)/pytest -s -m faults tests/faults

mutants: setup ## alter every row of the rules and see whether anything notices
	$(BIN)/python -m tests.mutation.mutants

clean: ## remove everything that was built
	rm -rf .venv build dist $(STORE) translations/*/LC_MESSAGES/*.mo
