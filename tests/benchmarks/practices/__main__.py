"""`python -m tests.benchmarks.practices ROWS`: match them without a database, print JSON."""

import json
import os
import sys
import tempfile

import django


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "crm.settings", "DATA_DIR": folder}
        django.setup()
        from tests.benchmarks.practices import quality  # noqa: PLC0415 - it needs the settings

        print(json.dumps(quality.measure(rows)))  # noqa: T201 - this is a command


if __name__ == "__main__":
    main(int(sys.argv[1]))
