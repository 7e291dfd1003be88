# The two commands: `make run` and `make test`. Everything else is for those who change the studio.
PYTHON ?= python3
BIN := .venv/bin

run: setup          ## set up, then open the window; without a screen, make the demonstration's pictures
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then $(BIN)/dalle-studio; else \
		echo "There is no screen: three stories are played in a window without one, a minute or two."; \
		echo "Their pictures, screenshots of the window and a sheet of all go to demo-output/."; \
		$(BIN)/dalle-studio demo --output demo-output; fi

test: setup         ## set up, then run every test, some files of them side by side
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup        ## formatting, lint, types, floors, sizes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/python packaging/size_report.py

bench: setup        ## figures: the engine against plain diffusers, window and gallery against their aims; on a quiet machine
	$(BIN)/python -m tests.benchmarks.engine
	$(BIN)/python -m tests.benchmarks.window
	$(BIN)/python -m tests.benchmarks.library
	$(BIN)/python -m tests.benchmarks.gallery

bench-gpu: setup    ## the same for large models of random weights, against diffusers' own scripts; needs CUDA
	$(BIN)/python -m tests.benchmarks.gpu

bench-speech: setup ## how well spoken prompts are understood: error rates, speed; needs espeak-ng, takes half an hour
	$(BIN)/python -m tests.benchmarks.speech

torture: setup      ## damaged files, kills, full disks, three programs at once: prints a table, takes half an hour
	$(BIN)/python -m tests.torture

# The memory settings keep glibc from handing large buffers back and forth.
starter: setup      ## train the starter model in .starter/; resumable, takes days on a CPU
	MALLOC_TOP_PAD_=268435456 MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=17179869184 \
	TRANSFORMERS_VERBOSITY=error $(BIN)/python -m dalle_studio.training --work .starter

screenshots: setup  ## drive the studio and write the pictures of its window that the README shows; ALL=FOLDER: every state
	$(BIN)/python packaging/style_pictures.py
	$(BIN)/python packaging/screenshots.py $(ALL)

translations: setup ## take what the code says into resources/translations, to be translated with Qt Linguist
	$(BIN)/python packaging/translations.py

setup:
	@$(PYTHON) packaging/bootstrap.py dev

clean:              ## remove the environment and everything made by tests
	rm -rf .venv demo-output torture-output .pytest_cache .ruff_cache .hypothesis

.PHONY: run test check bench bench-speech bench-gpu torture starter screenshots translations setup clean
