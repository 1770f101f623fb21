"""Dates and times as the administration writes them: `FORMAT_MODULE_PATH`."""
