#!/usr/bin/env python
"""Django's command line: `migrate` acts as the owner of the schema, everything else as the app."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    if len(sys.argv) > 1 and sys.argv[1] in {"migrate", "sqlmigrate", "makemigrations"}:
        os.environ["DATABASE_ROLE"] = "owner"

    from django.core.management import execute_from_command_line

    from crm.postgres import commands

    with commands.server_for(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
