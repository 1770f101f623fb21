"""Published text made fit to read."""

import pytest

from crm.registers.words import cleaned, humane


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("DENTAL SURGERY", "Dental Surgery"),
        ("ST JOHN'S NHS WALK-IN CENTRE", "St John's NHS Walk-in Centre"),
        ("O'BRIEN & MCDONALD LTD", "O'Brien & McDonald Ltd"),
        ("DRS LYONS' PRACTICE", "Drs Lyons' Practice"),
        ("STOKE ON TRENT", "Stoke on Trent"),
        ("THE 1ST FLOOR, 64A HIGH STREET", "The 1st Floor, 64A High Street"),
        ("HMP LEEDS II", "HMP Leeds II"),
        ("BHR PCN", "BHR PCN"),
        ("KERSHAW IT LIMITED", "Kershaw IT Limited"),
        ("SAN IT SUPPORT (LEICESTER) LTD", "San IT Support (Leicester) Ltd"),
        ("IT & TELECOM SOLUTIONS", "IT & Telecom Solutions"),
        ("NEV'LL FIX IT LIMITED", "Nev'll Fix It Limited"),
        ("ISLE FIX IT MOTOR COMPANY", "Isle Fix It Motor Company"),
        ("AS YOU LIKE IT", "As You Like It"),
        ("Lloydspharmacy", "Lloydspharmacy"),
        ("  Lords \t Pharmacy ", "Lords Pharmacy"),
        ("🦷", "🦷"),
        ("", ""),
    ],
)
def test_capitals_become_plain_writing(published: str, written: str) -> None:
    assert humane(published) == written


def test_windows_signs_in_utf8_are_read() -> None:
    assert cleaned("St George\x92s") == "St George\N{RIGHT SINGLE QUOTATION MARK}s"
    assert cleaned("a\x00b\N{ZERO WIDTH SPACE}c") == "a b c"
