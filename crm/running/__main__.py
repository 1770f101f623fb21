"""`make run`: the parent of everything, until SIGINT or SIGTERM."""

import logging
import os
import signal
import sys
import time
from types import FrameType
from typing import NoReturn

from crm import settings
from crm.postgres.cluster import CannotStart
from crm.running import parent, port
from crm.running.alone import AlreadyRunning, only_one
from crm.running.child import KeepsDying
from crm.running.port import PortTaken
from crm.running.preparing import PreparationFailed
from crm.running.product import Product, address

SENTENCES = (AlreadyRunning, CannotStart, KeepsDying, PortTaken, PreparationFailed)
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AskedToEnd(BaseException):
    """A person or the system wants us to stop."""


def main() -> int:
    """Run until asked to end; the exit status is 0 then, and 1 after a sentence on stderr."""
    os.chdir(settings.BASE_DIR)
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    try:
        _listen()
        parent.follow_make()
        with only_one(settings.DATA_DIR / "running.lock", address()):
            port.check(settings.HOST, settings.PORT)
            _run()
    except AskedToEnd:
        return 0
    except SENTENCES as reason:
        logging.error("%s", reason)
        return 1


def _run() -> NoReturn:
    product = Product()
    try:
        product.start()
        while True:
            product.look_after()
            time.sleep(0.5)
    finally:
        _deafen()
        product.end()


def _listen() -> None:
    for number in SIGNALS:
        # nohup means that losing the terminal is no reason to end.
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _asked)
    # What came before we could listen is heard now.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _deafen() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _asked(number: int, frame: FrameType | None) -> NoReturn:
    _deafen()
    logging.info("Ending everything (%s).", signal.Signals(number).name)
    raise AskedToEnd


if __name__ == "__main__":
    sys.exit(main())
