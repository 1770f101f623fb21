"""A Redis of the test's own: on a free port, remembering nothing."""

import os
import shutil
import signal
import subprocess
import tempfile

import redis

from crm import deathsig
from tests.running.processes import eventually, free_port

NONE_FOUND = (
    "NO TEST WITH REDIS RAN: no Redis was found. Install one (apt-get install redis-server), or "
    "name it: REDIS_SERVER=/path/to/redis-server"
)
QUIET = ("--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--loglevel", "warning")


def find() -> str | None:
    """Give the path of a Redis: the environment's REDIS_SERVER, or the one on the PATH."""
    return shutil.which(os.environ.get("REDIS_SERVER") or "redis-server")


def is_required() -> bool:
    """Say whether its absence is a failure."""
    return os.environ.get("REDIS_REQUIRED") == "1"


class RedisServer:
    """One Redis that is killed, frozen and started again as the test says."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="crm-redis-")
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it, empty; it answers when this returns."""
        self.process = subprocess.Popen(
            [self.program, "--port", str(self.port), "--dir", self.folder, *QUIET],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            preexec_fn=deathsig.mortal(signal.SIGKILL),
        )
        assert eventually(self.answers, 10)

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """Have it accept connections and say nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def remove(self) -> None:
        """End it, and leave nothing behind."""
        self.kill()
        shutil.rmtree(self.folder)
