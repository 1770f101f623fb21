"""Files that people send: a request is read up to a bound, however many files it is cut into."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from crm.uploads import MOST_BYTES, was_cut


def sent(rf: RequestFactory, *sizes: int) -> tuple[bool, list[int]]:
    """Whether it was cut, and the sizes of the files that came through."""
    files = {
        f"file{n}": SimpleUploadedFile(f"{n}.csv", b"x" * many) for n, many in enumerate(sizes)
    }
    request = rf.post("/", files)
    return was_cut(request), [each.size for each in request.FILES.values()]


def test_files_within_the_bound_come_through(rf: RequestFactory) -> None:
    assert sent(rf, MOST_BYTES) == (False, [MOST_BYTES])
    assert sent(rf, 5_000_000, 5_000_000) == (False, [5_000_000, 5_000_000])


@pytest.mark.parametrize(
    "sizes", [[MOST_BYTES + 1], [6_000_000, 6_000_000], [1_500_000] * 10, [0, 0, MOST_BYTES + 1]]
)
def test_more_than_that_is_cut_in_however_many_files_it_comes(
    rf: RequestFactory, sizes: list[int]
) -> None:
    is_cut, came = sent(rf, *sizes)
    assert is_cut
    assert sum(came) <= MOST_BYTES


def test_the_next_request_is_counted_anew(rf: RequestFactory) -> None:
    for _ in range(3):
        assert sent(rf, 6_000_000) == (False, [6_000_000])
