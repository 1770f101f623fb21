"""Kills the product's processes in the middle of a run, and looks what is left afterwards."""
