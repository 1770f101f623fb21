"""Checks of an organisation that a live source told of: is it real, here, and what it says it is.

Begin with `rules`: which finding leads to which verdict. `verify` goes through the checks.
"""
