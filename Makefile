# Everything is set up on the first call; see README.md.
.PHONY: help run demo-vendors test
.DEFAULT_GOAL := help

define python
	@command -v python3 >/dev/null || { echo "python3 is missing: apt-get install python3 python3-venv" >&2; exit 1; }
	@exec python3 -I crm/bootstrap.py
endef

help:
	@echo "make run    start everything and print the address (PORT=8001 make run for another port)"
	@echo "make demo-vendors   the same with simulated vendors beside it, 20 times faster than life (SPEED=1 for their true pace)"
	@echo "make test   lint, types, import contracts, tests, a third of the benchmarks' self-check"

run:
	$(python) run

demo-vendors:
	$(python) demo-vendors

test:
	$(python) test
