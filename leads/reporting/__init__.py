"""The leads of one company as a view in the database, for Superset and Grafana to read."""
