# The newest Python of 3.11 and later that is here; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export CHROMIUM

.PHONY: install run dev check-model test coverage test-postgres test-browser test-machines chaos bench fuzz lint catalogue messages requirements clean

# The packages that are pure: their tests alone have to reach this share (per cent) of their lines and branches.
PURE := chatbot/text chatbot/language chatbot/recommender
COVERAGE_FLOOR ?= 93

install: .venv/base.stamp

.venv/base.stamp: requirements/base.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed; none was found. PYTHON=/path/to/python make … names one."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/base.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/base.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

run: install  ## web and worker, as in production
	@$(BIN)/python manage.py serve || { code=$$?; test $$code = 130 || exit $$code; }  # 130: Ctrl-C

dev: .venv/dev.stamp  ## web and worker that reload when the code changes
	@DEBUG=on $(BIN)/python manage.py serve --reload || { code=$$?; test $$code = 130 || exit $$code; }

catalogue: install  ## load the shipped catalogue into the database
	@$(BIN)/python manage.py load_catalogue

check-model: install  ## ask the model that is set one tiny question, and say what works and what it costs
	@$(BIN)/python manage.py check_model

test: .venv/dev.stamp  ## everything that needs only Python; the pure packages last, with the share of them that is reached
	$(BIN)/python -m pytest -n 2 -m "not browser and not machines" $(PURE:%=--ignore=%)
	@$(MAKE) --no-print-directory coverage

coverage: .venv/dev.stamp  ## the tests of the pure packages, which have to reach a floor
	$(BIN)/python -m pytest -n 2 $(PURE) $(PURE:%=--cov=%) --cov-branch --cov-report=term:skip-covered --cov-fail-under=$(COVERAGE_FLOOR)

POSTGRES ?= postgres://127.0.0.1:5432/test

test-postgres: .venv/dev.stamp  ## what asks a database, on a PostgreSQL: POSTGRES=postgres://… names another one
	@if $(BIN)/python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3)' $(POSTGRES) 2>/dev/null; then \
		TEST_DATABASE_URL=$(POSTGRES) $(BIN)/python -m pytest -n 2 -m "not browser and not machines"; \
	else echo "skipped: no PostgreSQL at $(POSTGRES)"; fi

test-browser: .venv/dev.stamp  ## what only a real browser can show
	@test -n "$(CHROMIUM)" || { echo "Chromium is needed: apt-get install chromium"; exit 1; }
	$(BIN)/python -m pytest -m browser -r R

test-machines: .venv/dev.stamp  ## several web processes and workers on a PostgreSQL and a Redis of their own
	$(BIN)/python -m pytest -m machines -r R

chaos: .venv/dev.stamp  ## break everything while readers ask, and count what came of it; CHAOS="--short --seed 7"
	$(BIN)/python -m huey_tasks.chaos $(CHAOS)

.venv/bench.stamp: chatbot/bench/before/requirements.txt requirements/base.txt .venv/base.stamp
	@test -x .venv/bench/bin/python || $(BIN)/python -m venv .venv/bench
	@.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

bench: .venv/bench.stamp  ## how long readers wait for us, apart from the model; BENCH="--short --json out.json"
	.venv/bench/bin/python -m chatbot.bench $(BENCH)

fuzz: .venv/dev.stamp  ## strange requests at every route for FUZZ_SECONDS (120), as long for a real server, and asks that could cost much for a quarter of that; FUZZ_SEED repeats a run
	$(BIN)/python -m pytest -p no:logging lightnovel/tests/fuzz/fuzz.py lightnovel/tests/fuzz/wire.py lightnovel/tests/fuzz/asks.py

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	HTTPS=on DEBUG=off $(BIN)/python manage.py check --deploy --fail-level WARNING

messages: .venv/dev.stamp  ## collect and compile the texts (needs gettext)
	$(BIN)/python manage.py makemessages --locale ko --locale ja --ignore ".venv/*" --ignore "var/*" --no-location --no-wrap
	$(BIN)/python manage.py compilemessages --ignore ".venv/*"

requirements:  ## pin anew what the .in files ask for
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements/base.txt requirements/base.in
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements/dev.txt requirements/dev.in

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
