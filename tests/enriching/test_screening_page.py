"""The page on which a company uploads who stands in the TPS and the CTPS."""

import io
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.uploads import MOST_BYTES
from crm.work.drain import drain
from enrichment.phones import screening, uploading
from enrichment.phones.models import (
    Register,
    ScreeningBlock,
    ScreeningList,
    ScreeningPart,
    ScreeningText,
    ScreeningUpload,
)
from enrichment.phones.screening import State
from tests.people import Cast, as_person

PAGE, UPLOAD = "/enrichment/screening/", "/enrichment/screening/upload/"
REMOVE = "/enrichment/screening/tps/remove/"
LISTED, OTHER = "+441162551234", "+442071234567"


def day(ago: int = 0) -> date:
    return timezone.localdate() - timedelta(days=ago)


def send(
    browser: Client,
    data: bytes = b"01162 551234\n",
    *,
    name: str = "tps.txt",
    register: str = "tps",
    ago: int = 0,
    **more: Any,
) -> HttpResponse:
    given = {"register": register, "as_of": day(ago), "file": SimpleUploadedFile(name, data)}
    answer: Any = browser.post(UPLOAD, given | more, follow=True)
    return answer


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def numbers(many: int) -> bytes:
    rnd = random.Random(many)
    return b"\n".join(b"0%d" % rnd.randrange(1_100_000_000, 2_099_999_999) for _ in range(many))


@pytest.fixture
def ada(db: None, cast: Cast) -> Client:
    return as_person(cast.ada)


@pytest.fixture
def small_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is a large one, and pieces are small."""
    monkeypatch.setattr(uploading, "SMALL", 0)
    monkeypatch.setattr(uploading, "AT_ONCE", 700)
    monkeypatch.setattr(uploading, "TEXT", 9_000)


def test_without_lists_the_page_says_what_is_missing(ada: Client) -> None:
    page = text(ada.get(PAGE))
    assert "No list is here yet" in page
    assert page.count("No list<") == 2


def test_a_small_list_is_here_at_once(ada: Client, cast: Cast) -> None:
    page = text(send(ada, b"number\n01162 551234\n020 7123 4568\n", ago=3))
    assert "is here: 2 numbers." in page
    assert "by Ada" in page
    assert "tps.txt" in page
    assert "The CTPS list is missing" in page
    row = ScreeningList.of(cast.tenant).get()
    assert (row.as_of, row.numbers, row.loaded_by) == (day(3), 2, cast.ada)
    assert screening.state(cast.tenant, LISTED).state is State.LISTED


def test_both_lists_together_free_a_number(ada: Client, cast: Cast) -> None:
    send(ada)
    page = text(send(ada, b"01162550000", register="ctps", name="ctps.csv"))
    assert "missing" not in page
    assert page.count("Up to date") == 2
    assert screening.state(cast.tenant, OTHER).state is State.NOT_LISTED


@pytest.mark.parametrize(("ago", "is_old"), [(28, False), (29, True)])
def test_a_list_is_out_of_date_after_28_days(ada: Client, ago: int, is_old: bool) -> None:
    page = text(send(ada, ago=ago))
    assert ("The TPS list is out of date" in page) is is_old
    assert ("Out of date" in page) is is_old
    assert ("the last day" in page) is not is_old


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"data": b""}, "It is empty."),
        ({"data": b"\n\n"}, "There is no British phone number in the file."),
        ({"data": b"Name\nHarbour Dental\n"}, "Its line 2, “Harbour Dental” is none."),
        ({"data": b"01162551234\n01162551235\nnobody\n"}, "line 3, “nobody”"),
        ({"data": b"PK\x03\x04rest"}, "It is an Excel workbook or a ZIP file."),
        ({"name": "tps.docx"}, "It is neither CSV nor TXT."),
        ({"register": ""}, "Choose TPS or CTPS."),
        ({"register": "mps"}, "Choose TPS or CTPS."),
        ({"as_of": ""}, "Say of which day the list is."),
        ({"as_of": "yesterday"}, "Write a day, such as"),
        ({"ago": -1}, "which is still to come"),
        ({"ago": 400}, "take one that is younger than 28 days"),
        ({"file": ""}, "Choose the file."),
    ],
)
def test_what_is_no_list_is_refused_and_said_why(
    ada: Client, cast: Cast, sent: dict[str, Any], said: str
) -> None:
    answer = send(ada, **sent)
    assert answer.status_code == 422
    assert said in text(answer).replace("&#x27;", "'")
    assert not ScreeningList.of(cast.tenant).exists()
    assert not ScreeningUpload.of(cast.tenant).exists()


def test_a_file_that_is_refused_leaves_the_list_that_stands(ada: Client, cast: Cast) -> None:
    send(ada)
    assert send(ada, b"nothing").status_code == 422
    assert screening.state(cast.tenant, LISTED).state is State.LISTED


def test_few_lines_without_a_number_are_told_with_the_first(ada: Client, cast: Cast) -> None:
    page = text(send(ada, numbers(300) + b"\nnobody\n"))
    assert "1 line was left out" in page
    assert "line 301, “nobody”" in page
    assert "Lines left out" in page


def test_files_larger_than_other_pages_take_are_taken_from_managers_alone(
    ada: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.uploads.MOST_BYTES", 1_000)
    data = numbers(200)
    assert "is here: 200 numbers." in text(send(ada, data))
    assert send(as_person(cast.ben), data, register="ctps").status_code == 403
    assert MOST_BYTES < 350_000_000


def test_what_is_too_large_is_said_to_be(
    ada: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.uploads._most", lambda request: 1_000)
    answer = send(ada, numbers(200))
    assert answer.status_code == 422
    assert "It is larger than 350 MB" in text(answer)


def test_managers_alone_upload_and_remove_while_all_see(ada: Client, cast: Cast) -> None:
    send(ada)
    for person in (cast.ben, cast.vera):
        browser = as_person(person)
        page = text(browser.get(PAGE))
        assert "tps.txt" in page
        assert UPLOAD not in page
        assert REMOVE not in page
        assert send(browser, register="ctps").status_code == 403
        assert browser.post(REMOVE).status_code == 403
    assert ScreeningList.of(cast.tenant).count() == 1


def test_another_company_sees_none_of_it(ada: Client, cast: Cast) -> None:
    send(ada, name="ours.txt")
    assert "ours.txt" not in text(as_person(cast.charlie).get(PAGE))


def test_a_list_is_removed(ada: Client, cast: Cast) -> None:
    send(ada)
    assert REMOVE in text(ada.get(PAGE))
    page = text(ada.post(REMOVE, follow=True))
    assert "The TPS list is removed." in page
    assert not ScreeningPart.of(cast.tenant).exists()
    assert ada.post(REMOVE).status_code == 302
    assert ada.post("/enrichment/screening/mps/remove/").status_code == 404


def test_the_page_is_found_from_that_of_data_quality(ada: Client) -> None:
    assert f'href="{PAGE}"' in text(ada.get("/enrichment/quality/"))


def test_a_large_file_becomes_a_list_in_the_background(
    committed_db: None, small_is_nothing: None, cast: Cast
) -> None:
    ada, data = as_person(cast.ada), numbers(5_000)
    send(ada)
    drain(30, tenant=cast.tenant)
    page = text(send(ada, data + b"\n" + data[:1199]))
    assert "is being loaded" in page
    assert "Loading tps.txt" in page
    assert "hx-get" in page
    # What stood before stands until then.
    assert screening.state(cast.tenant, LISTED).state is State.LISTED
    again = send(ada)
    assert "Another TPS list is being loaded" in text(again)

    drain(30, tenant=cast.tenant)

    given = {f"+44{line[1:].decode()}" for line in data.splitlines()}
    assert ScreeningList.of(cast.tenant).get().numbers == len(given)
    found = screening.states(cast.tenant, [*sorted(given), LISTED])
    assert {key for key, each in found.items() if each.state is State.LISTED} == given
    assert "Loading" not in text(ada.get(PAGE))
    assert not ScreeningBlock.of(cast.tenant).exists()


def test_the_parts_are_those_of_a_list_loaded_at_once(
    committed_db: None, small_is_nothing: None, cast: Cast
) -> None:
    # Numbers of nine digits after the country's code lie before all of ten.
    data = numbers(3_000) + b"\n+44 1204 62345\n+44 169 77 2345\n"
    data += b"\n".join(b"0120462%04d" % n for n in range(0, 5_000, 7))
    send(as_person(cast.ada), data)
    drain(30, tenant=cast.tenant)
    cut = _numbers(cast)
    with acting_for(cast.tenant):
        screening.load(
            cast.tenant, Register.TPS, io.BytesIO(data), name="x", as_of=day(), by=cast.ada
        )
    assert cut == _numbers(cast)
    assert cut == sorted(cut)


def test_a_worker_that_dies_on_the_way_loses_a_piece_at_the_most(
    committed_db: None, small_is_nothing: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, order, turns = numbers(3_000), uploading._order, [0]

    def failing(*given: Any) -> None:
        turns[0] += 1
        order(*given)
        if turns[0] == 2:
            raise RuntimeError

    monkeypatch.setattr(uploading, "_order", failing)
    ada = as_person(cast.ada)
    send(ada, data)
    drain(1, tenant=cast.tenant)
    upload = ScreeningUpload.of(cast.tenant).get()
    assert 0.5 < uploading.done(upload) < 1
    assert not ScreeningList.of(cast.tenant).exists()
    ScreeningUpload.of(cast.tenant).update(due_at=timezone.now())
    drain(30, tenant=cast.tenant)
    assert len(_numbers(cast)) == len(set(data.splitlines()))


def test_a_large_file_with_too_many_other_lines_is_not_taken(
    committed_db: None, small_is_nothing: None, cast: Cast
) -> None:
    ada = as_person(cast.ada)
    answer = send(ada, b"nobody\n" * 5_000)
    assert answer.status_code == 422
    assert "line 2, “nobody”" in text(answer)
    send(ada, numbers(2_000) + b"\n" + b"nobody\n" * 200)
    drain(30, tenant=cast.tenant)
    page = text(ada.get(PAGE))
    assert "“tps.txt” was not taken." in page
    assert "line 2,001, “nobody”" in page
    assert not ScreeningList.of(cast.tenant).exists()
    assert not ScreeningBlock.of(cast.tenant).exists()
    assert not ScreeningText.of(cast.tenant).exists()
    send(ada, numbers(2_000))
    assert "was not taken" not in text(ada.get(PAGE))


def test_what_could_not_be_loaded_is_said_and_uploaded_again(ada: Client, cast: Cast) -> None:
    ScreeningUpload.of(cast.tenant).create(
        tenant=cast.tenant, register="tps", as_of=day(), file="broken.txt", state="dead"
    )
    assert "“broken.txt” could not be loaded." in text(ada.get(PAGE))
    send(ada)
    assert "broken.txt" not in text(ada.get(PAGE))


def test_the_news_of_loading_are_a_part_of_the_page(ada: Client) -> None:
    part = text(ada.get(f"{PAGE}news/", headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<section class="screening"')
    assert ada.get(f"{PAGE}news/").status_code == 302


def _numbers(cast: Cast) -> list[int]:
    parts = ScreeningPart.of(cast.tenant).order_by("first").values_list("numbers", flat=True)
    return [number for part in parts for number in part]
