"""The registers that come with the product, loaded where they do not stand yet."""

import hashlib
from collections.abc import Callable

from crm.one_at_a_time import one_at_a_time
from crm.registers import loading
from crm.registers.formats.contract import Format
from crm.registers.formats.known import FORMATS
from crm.registers.models import Register
from crm.registers.rows import READING


def load(tell: Callable[[str], object] = lambda _: None) -> list[loading.Outcome]:
    """Load the bundled files that do not stand yet; a file that a person loaded is left alone."""
    if not _stale():
        return []
    outcomes = []
    with one_at_a_time(loading.LOCK, tell, loading.WAITS):
        # Whoever was waited for may have loaded one of them.
        stale = _stale()
        # The names that say nothing are measured once, with the last that may share some.
        last = [form for form, _ in stale if not form.names_are_unique][-1:]
        for form, digest in stale:
            wishes = loading.Wishes(form.bundled_as_of, digest=digest, more_follow=form not in last)
            outcomes.append(loading.load(form, form.bundled_path, wishes))
    return outcomes


def _stale() -> list[tuple[Format, str]]:
    known = dict(Register.objects.filter(loaded_at__isnull=False).values_list("slug", "digest"))
    wanted = [(form, _digest(form)) for form in FORMATS if form.bundled]
    return [(form, new) for form, new in wanted if known.get(form.slug, "-") not in ("", new)]


def _digest(form: Format) -> str:
    return hashlib.sha256(READING + form.bundled_path.read_bytes()).hexdigest()
