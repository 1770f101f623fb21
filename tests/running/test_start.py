"""What a web process or a worker loads before it does anything: no library that takes long."""

import subprocess
import sys

HEAVY = ("numpy", "openai", "openpyxl", "qdrant_client", "scipy", "sklearn", "xlsxwriter")


def test_no_process_loads_at_its_start_what_hardly_any_needs() -> None:
    program = (
        "import django, sys; django.setup(); import crm.urls; from crm.work.drain import tables; "
        f"tables(); print([each for each in {HEAVY} if each in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_memory_is_looked_after_once_all_is_loaded() -> None:
    looks = "print(gc.isenabled(), gc.get_freeze_count() > 100_000, gc.get_threshold()[0] > 700)"
    program = f"import gc, crm.wsgi; {looks}"
    commanded = ["manage.py", "shell", "-v0", "-c", f"import gc; {looks}"]

    served = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    done = subprocess.run([sys.executable, *commanded], capture_output=True, text=True)

    assert served.stdout.strip() == "True True True", served.stderr
    assert done.stdout.strip().endswith("True True True"), done.stderr
