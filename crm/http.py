"""The one door to the web: vendors by their keys, and pages of the open web."""

from crm.outside.asking import Answer, call
from crm.outside.web import Page, fetch

__all__ = ["Answer", "Page", "call", "fetch"]
