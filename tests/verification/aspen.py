"""A company of Leicester that is told of wrongly, and what is to come of that."""

from campaigns.models import Checked
from campaigns.verification.contract import Verdict
from leads.intake.grounds import Ground
from tests.verification.conftest import within
from tests.verification.web import Web

ADDRESS = "<p>12 Silver Street, Leicester LE1 5ET</p><p>Tel 0116 496 0123</p>"
FOOTER = "<footer>© 2026 Aspen Cabling Ltd. Registered in England No. 07654321</footer>"
NUMBER = "07654321"
HERE, NOTTINGHAM = "LE1 5ET", "NG1 2AB"


def is_contradicted(verdict: Verdict, words: str = "") -> None:
    assert verdict.checked == Checked.CONTRADICTED, verdict
    assert words in verdict.reason, verdict
    assert verdict.ground in (Ground.CONTRADICTED, Ground.CLOSED, Ground.OUTSIDE)
    assert not verdict.candidate.is_checked


def is_not_verified(verdict: Verdict, words: str = "") -> None:
    assert verdict.checked in (Checked.CONTRADICTED, Checked.UNVERIFIED), verdict
    assert words in verdict.reason, verdict
    assert not verdict.candidate.is_checked


def own_site(web: Web, **more: str) -> str:
    return web.site("aspencabling.example", title="Aspen Cabling", contact=ADDRESS + FOOTER, **more)


def around(postcode: str) -> dict[str, object]:
    """Look near that postcode, wherever it lies."""
    return {"target": within(5, postcode)}
