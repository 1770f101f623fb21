"""The embedded server for `manage.py`."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from crm.postgres.cluster import CannotStart, Cluster

NEED_NO_DATABASE = {"help", "--help", "-h", "version", "--version", "check", "collectstatic"}


@contextmanager
def server_for(argv: list[str]) -> Iterator[None]:
    """Have the server that this command needs: the running one, or one that ends with it."""
    name = argv[1] if len(argv) > 1 else "help"
    if name in NEED_NO_DATABASE or not settings.EMBEDDED:
        yield
        return
    cluster = Cluster(settings.DATA_DIR)
    try:
        cluster.ensure()
    except CannotStart as reason:
        raise SystemExit(str(reason)) from None
    try:
        yield
    finally:
        cluster.stop()
