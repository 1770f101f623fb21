"""A table of work of the benchmarks' own, whose rows wait for nobody in particular."""

SECONDS = 0.02
THREADS = 8
BATCH = 64
