"""The one door to the web: vendors by their keys, and pages of the open web."""

from crm.outside.asking import Answer, call
from crm.outside.web import Page, fetch
from crm.outside.wire import staying

__all__ = ["Answer", "Page", "call", "fetch", "staying"]
