PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
UV_VERSION := 0.13.9
BIN    := .venv/bin
READY  := .venv/.ready
STORE  := .madoguchi
IMAGE  ?= madoguchi
ENGINE ?= $(firstword $(foreach engine,docker podman buildah,$(shell $(engine) info >/dev/null 2>&1 && echo $(engine))))
PO     := $(wildcard translations/*/LC_MESSAGES/messages.po)
MO     := $(PO:.po=.mo)
POT    := build/messages.pot
EXTRACT := $(BIN)/pybabel -q extract -F pyproject.toml -k lazy_gettext --no-location --project=madoguchi -o $(POT) .

.PHONY: help setup serve test train vectors policy reading postgres browser browser-test walkthrough check format i18n index wheel bench bench-reading bench-search bench-transfer load soak nginx proxy-test image image-check table harm faults faults-quick mutants schemathesis audit sbom clean

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
	@MADOGUCHI_STORE=$(STORE) MADOGUCHI_USAGE=$(STORE)/usage.db $(BIN)/madoguchi serve --host $(HOST) --port $(PORT)

test: setup ## run the tests, those that need no browser
	@$(MAKE) -s postgres || echo "the tests go on without PostgreSQL"
	$(BIN)/pytest -n $(shell nproc) --dist worksteal -m "not browser and not proxy and not faults" -rs

train: setup ## learn to read from content/questions and content/turns, write content/model (ten minutes)
	$(BIN)/madoguchi train

vectors: setup ## take the vectors of words anew from the sentence encoder, write content/model/words.npz; then make train
	$(BIN)/python -m benchmarks.word_vectors

policy: setup ## learn from the conversations of the tests when an entry is asked, write content/model/policy.toml
	$(BIN)/python -m benchmarks.policy tests/data/conversations.yaml tests/data/conversations-own.yaml

reading: setup ## read fifteen voices by what the others taught and what becomes of things in talks (six minutes); fails when that got worse
	$(BIN)/madoguchi eval questions --cross-validate --floor

postgres: ## install Debian's PostgreSQL (as root), without a cluster of its own; the tests start one
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
	  { mkdir -p /etc/postgresql-common/createcluster.d && \
	    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/none.conf && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; \
	  } >build-postgres.log 2>&1 || \
	  { tail -n 5 build-postgres.log; echo "PostgreSQL was not installed: run make postgres as root"; exit 1; }
	@rm -f build-postgres.log

browser: setup ## install Debian's chromium and fonts for Japanese and the other languages (as root), and what drives them
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -q "Noto Sans CJK" && fc-list | grep -q "Noto Sans Devanagari" && ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || \
	  { export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fonts-noto-core fontconfig libatomic1; } >build-browser.log 2>&1 || \
	  { tail -n 5 build-browser.log; echo "chromium was not installed: run make browser as root"; exit 1; }
	@rm -f build-browser.log
	@$(BIN)/uv sync --locked --quiet --group browser

browser-test: browser ## the pages in a real browser; pictures in build/screenshots
	$(BIN)/pytest -n $(shell nproc) --dist loadfile -m browser

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

schemathesis: setup ## the whole API against its own description, some 4,000 requests to a real server
	MADOGUCHI_EXAMPLES=200 $(BIN)/pytest -s tests/api/test_schemathesis.py

audit: setup ## known holes in what is shipped; needs PyPI's advisories, and fails when they cannot be asked
	@mkdir -p build && $(BIN)/uv sync --locked --quiet --group audit
	@$(BIN)/uv export -q --locked --no-dev --all-extras --no-emit-project -o build/requirements.txt
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r build/requirements.txt \
	  $$(sed -n 's/^\([A-Z][A-Z]*-[^ ]*\) .*/--ignore-vuln \1/p' docs/advisories.txt)

sbom: setup ## build/sbom.json: everything that is shipped, as CycloneDX
	@$(BIN)/uv sync --locked --quiet --group audit
	@UV_PROJECT_ENVIRONMENT=build/shipped $(BIN)/uv sync --locked --quiet --no-dev --all-extras --no-editable
	$(BIN)/cyclonedx-py environment build/shipped/bin/python --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --of JSON -o build/sbom.json

wheel: setup ## build a wheel that carries content, templates and translations
	@$(BIN)/uv build --wheel --quiet -o dist . && ls dist

bench: setup ## run the benchmarks, ours beside peers
	@$(BIN)/uv sync --locked --quiet --group bench
	$(BIN)/python benchmarks/rules.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/understanding.py

bench-reading: setup ## what each part of the model that reads brings (four minutes)
	$(BIN)/python -m benchmarks.reading

bench-transfer: browser ## bytes and the largest paint of the first pages on a slow line
	$(BIN)/python -m benchmarks.transfer

bench-search: setup ## search beside its peers: make bench-search SETS="DIR [DIR …]"
	@$(BIN)/uv sync --locked --quiet --group bench
	$(BIN)/python benchmarks/search.py $(SETS)

wrk: setup
	@command -v wrk >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends wrk; } >/dev/null 2>&1 \
	  || { echo "wrk was not installed: run this as root"; exit 1; }
	@$(BIN)/uv sync --locked --quiet --inexact --extra gunicorn

load: wrk ## the site under load beside a hello-world and a plain Jinja page, on the same server in one run
	$(BIN)/python benchmarks/load.py

soak: wrk ## 300,000 requests: errors and growth of memory
	$(BIN)/python benchmarks/load.py --soak 300000

nginx: setup ## install Debian's nginx (as root) and gunicorn
	@command -v nginx >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light; } >/dev/null 2>&1 \
	  || { echo "nginx was not installed: run make nginx as root"; exit 1; }
	@$(BIN)/uv sync --locked --quiet --inexact --extra gunicorn

proxy-test: nginx ## nginx before the site, with 800 and with 9,000 slow clients
	ulimit -n 20000 && for slow in 800 9000; do MADOGUCHI_SLOW=$$slow $(BIN)/pytest -s -m proxy tests/proxy || exit 1; done

image: ## build the container image with docker, podman or buildah, whichever works here
	@test -n "$(ENGINE)" || { echo "no docker, podman or buildah works here; make image-check does without"; exit 1; }
	$(ENGINE) build $(if $(filter docker,$(ENGINE)),,--format docker) -t $(IMAGE) .

image-check: ## see that the image serves read-only as an unprivileged user; without a builder (as root) in a clean Debian
	@$(if $(ENGINE),$(MAKE) -s image ENGINE=$(ENGINE) && )deploy/image-check.sh $(if $(ENGINE),$(ENGINE) $(IMAGE))

table: setup ## write docs/outcome-table.txt: where every situation leads, for review
	$(BIN)/python -m tests.mutation.table

harm: setup
	@{ command -v strace && command -v bwrap && command -v faketime; } >/dev/null || \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends strace bubblewrap faketime; } >/dev/null 2>&1 || \
	  { echo "strace, bubblewrap and faketime were not installed: run this as root"; exit 1; }

faults: harm wrk postgres ## the fault campaign at full counts: one line a fault, exit 1 when one is not survived
	@command -v redis-server >/dev/null || apt-get install -y -qq --no-install-recommends redis-server >/dev/null 2>&1 || true
	$(BIN)/python -m tests.faults $(FAULTS)

faults-quick: harm ## the first twenty faults at small counts
	$(BIN)/pytest -s -m faults tests/faults

mutants: setup ## alter every row of the rules and see whether anything notices
	$(BIN)/python -m tests.mutation.mutants

clean: ## remove everything that was built
	rm -rf .venv build dist $(STORE) translations/*/LC_MESSAGES/*.mo
