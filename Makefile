# Everything goes into .venv, from requirements.lock.
PYTHON ?= python3
BIN := .venv/bin

ACCESSIBILITY := tests/accessibility
CHECKERS := $(ACCESSIBILITY)/node_modules/.package-lock.json

.PHONY: report test accessibility checkers pages check lock bench clean

report: .venv/ready
	$(BIN)/report build

test: .venv/ready
	$(BIN)/python -m pytest -n auto

# What looks at the web pages needs npm, Java 17 and Chromium; without them its tests are skipped.
accessibility: .venv/ready checkers
	$(BIN)/python -m pytest -n auto $(ACCESSIBILITY)

checkers: $(CHECKERS)

$(CHECKERS): $(ACCESSIBILITY)/package.json $(ACCESSIBILITY)/package-lock.json
	cd $(ACCESSIBILITY) && npm ci

# Pictures of every page, in _pages, to be looked at: needs Chromium, Poppler and LibreOffice.
pages: report
	$(BIN)/python tools/pages.py

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

lock: .venv/ready
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --extra dev --custom-compile-command "make lock" \
	  --output-file requirements.lock pyproject.toml

bench: .venv/ready
	$(BIN)/python -m benchmarks.renderers
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.gate
	$(BIN)/python -m benchmarks.unchanged
	$(BIN)/python -m benchmarks.one_quote
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks.recipients

clean:
	rm -rf .venv $(ACCESSIBILITY)/node_modules _output _output.lock _pages _quarto .quarto composed dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
