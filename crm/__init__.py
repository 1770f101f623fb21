"""The ground floor: tenants, ledger, pipeline, places, registers, work, and the outside's doors."""
