# Two commands are all: make serve, make test. Each makes its own virtual environment when it must.
PYTHON ?= python3
PORT ?= 8000
PROCESSES ?= 2
SOAK ?= 25
BIN = .venv/bin
READY = .venv/.ready

.PHONY: serve test soak bench messages picture clients

serve: $(READY)
	$(BIN)/plangraf serve --port $(PORT)

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist worksteal

# The tests of faults, storms and strange input, with many times as many; SOAK=25:4711 takes a seed too.
soak: $(READY)
	PLANGRAF_SOAK=$(SOAK) $(BIN)/python -m pytest -m soak

bench: $(READY)
	$(BIN)/python -m bench

# Take new texts of the interface into the catalogues of translations.
messages: $(READY)
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ --no-location --sort-output -o .venv/messages.pot .
	for language in nb nn; do $(BIN)/pybabel -q update -i .venv/messages.pot -l $$language \
	  -o server/plangraf/translations/$$language.po --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
	  || exit 1; done

# Make the picture of a plan's page in the README anew. It needs Chromium.
picture: $(READY)
	$(BIN)/python -m bench.picture

# The install takes the third-party files of the pages too, if npm is there; pip does not show that they are missing.
$(READY): pyproject.toml constraints.txt package.json package-lock.json hatch_build.py server/plangraf/view/vendor.py
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[draft,language,mcp,test]'
	@test -f server/plangraf/view/static/vendor/manifest.json || echo "The pages will be plain: npm was not there, or failed."
	touch $@

# The JavaScript clients that some tests run, with the Node that they need.
CLIENTS := .venv/clients

clients: $(CLIENTS)/.ready

$(CLIENTS)/.ready: $(READY) tests/clients/package.json tests/clients/package-lock.json
	mkdir -p $(CLIENTS)
	cp tests/clients/package.json tests/clients/package-lock.json $(CLIENTS)
	npm ci --prefix $(CLIENTS) --no-audit --no-fund --loglevel error
	touch $@
