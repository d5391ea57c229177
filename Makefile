# make serve   build the site, serve it with live reload
# make site    strict build into site/
# make test    doctests, tests, strict build, browser tests
# make experiments   run every seed of the experiments and compare with the records; some minutes
# make lint    ruff and mypy
# make lock    resolve the dependencies anew (needs uv)
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
UV := $(shell command -v uv 2>/dev/null)

.PHONY: serve site test experiments lint lock clean

$(READY): requirements.txt pyproject.toml
ifdef UV
	uv venv --quiet --clear --python $(PYTHON) .venv
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
else
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
endif
	touch $@

serve: $(READY)
	$(BIN)/mkdocs serve --livereload

site: $(READY)
	$(BIN)/mkdocs build --strict

test: $(READY) site
	$(BIN)/python -m pytest --cov --cov-report=term -rs

experiments: $(READY)
	OMP_NUM_THREADS=1 $(BIN)/python -m docs_ext.experiments

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --extra docs --extra test --output-file requirements.txt pyproject.toml

clean:
	rm -rf .venv site .cache .coverage
