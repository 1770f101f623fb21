"""Servers on loopback that behave like the vendors whose services are called."""

from tests.simulators.starting import Running, running

__all__ = ["Running", "running"]
