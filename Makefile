# Everything a developer or a user types. `make run` and `make test` need nothing but Python 3.11 or later.
PY := .venv/bin/python
READY := .venv/.ready

.PHONY: run test lint format bench proof screenshots package catalogs schema clean help

help: ## list what can be made
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml packaging/make_environment.sh
	@packaging/make_environment.sh

run: $(READY) ## open the window on the sample archive (without a display: do the main job into out/)
	@packaging/run.sh

test: $(READY) ## run the tests
	@packaging/qt_libraries.sh
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n auto

lint: $(READY) ## ruff, mypy --strict, import contracts, catalogs complete
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@said=$$(.venv/bin/lint-imports --no-cache) || { echo "$$said"; exit 1; }; echo "$$said" | tail -n 1
	@$(PY) packaging/make_catalogs.py --check

format: $(READY) ## put the code into the one form that lint accepts
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format --quiet .

bench: $(READY) ## measure speed and accuracy, beside the peers
	@$(PY) -m pip install --quiet --disable-pip-version-check --group bench
	@packaging/qt_libraries.sh
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/bench -m bench -n 0 -p no:randomly -q -s

proof: $(READY) ## run the slow proofs, and search for what breaks a property with many random examples
	@packaging/qt_libraries.sh
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/unit tests/language tests/exchange -n auto -q --hypothesis-profile=search
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -m proof -n auto

screenshots: $(READY) ## draw every screen into resources/screenshots and out/screenshots
	@packaging/qt_libraries.sh
	@QT_QPA_PLATFORM=offscreen $(PY) packaging/make_screenshots.py

package: $(READY) ## build the wheel and the one-folder program, and try both
	@$(PY) -m pip install --quiet --disable-pip-version-check --group package
	@$(PY) packaging/make_package.py

catalogs: $(READY) ## bring the catalogs up to date with the code
	@$(PY) packaging/make_catalogs.py

schema: $(READY) ## write db/schema.sql from the migrations
	@$(PY) packaging/make_schema.py

clean: ## remove what was made
	@rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
