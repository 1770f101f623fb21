#!/usr/bin/env python
"""Django's command line: what changes the schema acts as its owner, everything else as the app."""

import gc
import os
import sys

AS_OWNER = {"migrate", "sqlmigrate", "makemigrations", "report_access"}


def main() -> None:
    # Nothing that is loaded goes away again; once it is, `crm.running.apps` looks for cycles.
    gc.disable()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    if len(sys.argv) > 1 and sys.argv[1] in AS_OWNER:
        os.environ["DATABASE_ROLE"] = "owner"

    from django.core.management import execute_from_command_line

    from crm.postgres import commands

    with commands.server_for(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
