"""What is forked ends with its parent, however early that was killed."""

import signal
import subprocess
import sys

from crm.running.births import lives
from tests.running.processes import ROOT, eventually

# The child says its number and waits until its parent is surely dead before it gets ready.
FORKS = """
import os, sys, time
from crm import deathsig

def late():
    if os.getpid() != first:
        print(os.getpid(), flush=True)
        time.sleep(0.7)

first = os.getpid()
os.register_at_fork(after_in_child=late)
deathsig.mortal_forks()
os.fork()
time.sleep(60)
"""


def test_a_fork_whose_parent_is_killed_before_it_is_ready_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", FORKS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert lives(child)
        assert eventually(lambda: not lives(child), 5)
