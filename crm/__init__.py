"""The ground floor: tenants, ledger, pipeline, places, registers, work and the doors to the outside."""
