"""What benchmarks of campaigns that ask vendors share; the vendors are simulated."""
