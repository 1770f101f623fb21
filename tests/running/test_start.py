"""What a web process or a worker loads before it does anything: no library that takes long."""

import subprocess
import sys

HEAVY = ("numpy", "openai", "openpyxl", "qdrant_client", "scipy", "sklearn")


def test_no_process_loads_at_its_start_what_hardly_any_needs() -> None:
    program = (
        "import django, sys; django.setup(); import crm.urls; from crm.work.drain import tables; "
        f"tables(); print([each for each in {HEAVY} if each in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
