# Scorecard: `make pack` drafts a quarter's performance pack. README.md says more.
.PHONY: pack up down backfill test check bench docs golden
.DEFAULT_GOAL := pack
.SUFFIXES:

# The first of these that is Python 3.11, 3.12 or 3.13 is used; PYTHON=... names another.
PYTHON ?= python3 python3.13 python3.12 python3.11
# What a person types reaches a command as it stands: neither make nor the shell reads into it.
QUARTER ?=
REASON ?=
AS_AT ?=
FROM ?=
TO ?=
override REASON := $(value REASON)
export QUARTER REASON AS_AT FROM TO

# Settings in .env reach every command.
RUN = set -a; [ ! -f .env ] || . ./.env; set +a; .venv/bin/python -m
LOCAL = $(RUN) scorecard.orchestration.local

pack: .venv/base
	@$(LOCAL) pack --quarter "$$QUARTER" --reason "$$REASON"

up: .venv/base
	@$(LOCAL) up

down: .venv/base
	@$(LOCAL) down

backfill: .venv/base
	@[ -n "$$FROM" ] && [ -n "$$TO" ] || { echo "Name the quarters: make backfill FROM=2024-25-Q1 TO=2025-26-Q1" >&2; exit 2; }
	@$(LOCAL) backfill "$$FROM" "$$TO" --reason "$$REASON" $${AS_AT:+--as-at "$$AS_AT"}

# A file of tests, or a folder that shares what is dear, runs on one core; others beside it.
test: .venv/dev browser servers desk build/html-checker/ready
	@$(RUN) pytest --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

# What tests of pages and workbooks open them with. Where one of these is missing, they say so.
.PHONY: browser
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Debian's Chromium, in which the tests open the pages"; \
			{ apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium; } >/dev/null 2>&1 \
				|| echo "Chromium could not be installed: tests of pages will be skipped."; \
		else echo "There is no Chromium: tests of pages will be skipped. Install it: apt-get install chromium"; fi; }

# Servers that connectors read in the tests. Neither is installed as a service: MariaDB's package has
# none, and OpenSSH's is unpacked only.
.PHONY: servers
servers:
	@command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Debian's MariaDB, which the tests ask for rows"; \
			{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends mariadb-server-core mariadb-client-core; } >/dev/null 2>&1 \
				|| echo "MariaDB could not be installed: its tests will be skipped."; \
		else echo "There is no MariaDB: its tests will be skipped. Install it: apt-get install mariadb-server-core"; fi; }
	@command -v sshd >/dev/null || [ -x /usr/sbin/sshd ] || [ -x build/openssh/usr/sbin/sshd ] || { \
		mkdir -p build/openssh && cd build/openssh && \
		{ apt-get -qq download openssh-server && dpkg -x openssh-server_*.deb .; } >/dev/null 2>&1 \
			|| echo "There is no SFTP server: its tests will be skipped. Install it: apt-get install openssh-server"; }

# A ticket system that nobody here wrote, from which tests fetch tickets.
.PHONY: desk
desk:
	@[ -x /usr/share/request-tracker5/libexec/rt-server ] || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Debian's Request Tracker, from which the tests fetch tickets"; \
			{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends request-tracker5 rt5-db-sqlite; } >/dev/null 2>&1 \
				|| echo "Request Tracker could not be installed: its test will be skipped."; \
		else echo "There is no Request Tracker: its test will be skipped. Install it: apt-get install request-tracker5 rt5-db-sqlite"; fi; }

build/html-checker/ready: tests/acceptance/package.json tests/acceptance/package-lock.json
	@mkdir -p $(@D) && cp $^ $(@D)
	@if command -v npm >/dev/null && command -v java >/dev/null; then \
		echo "Installing the Nu HTML checker into $(@D)"; \
		npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch $@ \
			|| echo "It could not be installed: pages will not be validated."; \
	else echo "There is no npm or no Java: pages will not be validated."; fi

check: .venv/dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/sqlfluff lint --disable-progress-bar include/sql
	.venv/bin/mypy
	! grep -nE 'https?://|--(extra-)?index|--find-links' requirements*.lock

bench: .venv/dev
	@$(RUN) tests.bench

docs: .venv/base
	@$(RUN) scorecard.reference_docs

golden: .venv/dev
	$(RUN) pytest tests/test_golden_pack.py --golden

# The set-up: done once, and again when a lock file has changed.
.venv/bin/uv: requirements-uv.lock
	@for python in $(PYTHON); do \
		if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; \
		then $$python -m venv .venv || exit 1; break; fi; \
	done; \
	[ -x .venv/bin/python ] || { \
		echo "Scorecard needs Python 3.11, 3.12 or 3.13. Install one of them, or name it: make pack PYTHON=/path/to/python3.12" >&2; exit 1; }
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch .venv/bin/uv

.venv/base: .venv/bin/uv requirements.lock pyproject.toml
	@$(call install,requirements.lock)
	@touch .venv/base

.venv/dev: .venv/base requirements-dev.lock
	@$(call install,requirements-dev.lock)
	@touch .venv/dev

# uv takes seconds, pip minutes; pip also reads the settings of an office's own package index.
define install
echo "Installing $(1)" && \
{ .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes --compile-bytecode -r $(1) \
	|| { echo "uv could not install; trying pip, which takes longer." && .venv/bin/python -m pip install --quiet --require-hashes -r $(1); }; } && \
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable .
endef
