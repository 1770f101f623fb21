"""What benchmarks of enrichment share: leads of the simulated world, their runs, their figures."""
