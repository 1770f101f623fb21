"""Figures for machines that watch (Prometheus): `GET /metrics`."""
