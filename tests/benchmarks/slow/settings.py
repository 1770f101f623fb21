"""The product's settings, with that table."""

from crm.settings import *  # noqa: F403
from crm.settings import INSTALLED_APPS as APPS
from crm.settings import WORK_TABLES as TABLES

INSTALLED_APPS = [*APPS, "tests.benchmarks.slow"]
WORK_TABLES = [*TABLES, "tests.benchmarks.slow.rows.TABLE"]
