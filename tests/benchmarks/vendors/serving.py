"""The product that asks the simulated vendors: one for this alone, or one that runs already."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.installation import Installation, Lent
from tests.benchmarks.vendors.simulated import Vendors


@contextmanager
def serving(given: Namespace, vendors: Vendors, **env: str) -> Iterator[Installation]:
    """Have it up; should anything fail, what it said last is told as well."""
    lent = given.product
    product = Lent(lent, **vendors.env) if lent else Installation(**env, **vendors.env)
    try:
        if not lent:
            product.wait()
        yield product
    except BaseException:
        sys.stderr.write(product.log.read_text()[-5000:])
        raise
    finally:
        if not lent:
            product.remove()
