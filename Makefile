# The tasks themselves are in scripts/; this file only names them. They need Python 3.11 or newer and make.
PYTHON ?= python3
HOST = 127.0.0.1
PORT = 8000

.DEFAULT_GOAL := help
.PHONY: help run dev test check lighthouse bench relevance fuzz manage lock clean
MAKEFLAGS += --no-print-directory

TASK = @command -v $(PYTHON) >/dev/null 2>&1 \
	|| { echo "Hjemvej needs Python 3.11 or newer, and there is no $(PYTHON) on the PATH." >&2; exit 1; }; \
	exec $(PYTHON) -m scripts

help: ## show this list
	@echo "make TARGET [HOST=$(HOST)] [PORT=$(PORT)] [PYTHON=$(PYTHON)]"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 14

run: ## install what is missing, load the content, and serve it at http://127.0.0.1:8000
	$(TASK) run --host "$(HOST)" --port "$(PORT)"

dev: ## the same with DEBUG on, reloading when a file changes
	$(TASK) dev --host "$(HOST)" --port "$(PORT)"

test: ## all tests, on SQLite, on PostgreSQL, against real servers and in a browser (ARGS="…" for pytest; STRICT=1: no skipping)
	$(TASK) test $(if $(STRICT),--strict) -- $(ARGS)

check: ## lint, types, import contracts, migrations, templates, locks, advisories
	$(TASK) check

lighthouse: ## Lighthouse on four pages: at least 98 in all four categories (needs Chrome or Chromium)
	$(TASK) lighthouse

bench: ## measure pages, nginx, load, growth, a Wagtail site and searches, as ratios (ARGS="pages nginx", "--help")
	$(TASK) python test -m bench $(ARGS)

relevance: ## measure the search of both engines with judged queries, beside the stock search (ARGS="--all": every query)
	$(TASK) relevance -- $(ARGS)

fuzz: ## fuzz what takes text from outside, for a while (ARGS="--seconds 60 parser")
	$(TASK) fuzz -- $(ARGS)

manage: ## manage.py on the site that `make run` serves: make manage ARGS="createsuperuser"
	$(TASK) manage $(ARGS)

lock: ## renew the lock files after a change to pyproject.toml or package.json (UPGRADE=1: newest versions)
	$(TASK) lock $(if $(UPGRADE),--upgrade)

clean: ## remove all that was installed or cached; var/, where the database is, stays
	rm -rf .venv node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
