"""A page's content becomes text by the letters that it names, and by nothing else that it names."""

import bz2
import encodings
import pkgutil
import zlib

import pytest

from crm.outside.web import Page

LONG = b"a" * 10_000_000
PACKED = {"zlib": zlib.compress(LONG), "bz2": bz2.compress(LONG)}
# What Python can decode bytes by, letters or not.
CODECS = {each.name for each in pkgutil.iter_modules(encodings.__path__)}
CODECS |= set(encodings.aliases.aliases)
CONTENTS = [
    *PACKED.values(), b"deadbeef", b"begin 666 x\n#86%A\n \nend\n", bytes(range(256)),
    b"<p>Caf\xc3\xa9</p>", b"\xff\xfea", b"+2AA- xn--a \\ud800 \\N{BULLET} a-" + b"b9" * 50,
]  # fmt: skip


def page(content: bytes, kind: str = "text/html") -> Page:
    return Page("http://shop.example/", 200, {"Content-Type": kind}, content)


@pytest.mark.parametrize("name", ["zlib", "ZLIB_codec", "bz2"])
def test_what_a_page_packs_is_not_unpacked(name: str) -> None:
    content = PACKED[name[:4].lower().strip("_")]

    assert len(page(content, f"text/html; charset={name}").text) <= len(content)
    assert len(page(f"<meta charset={name}>".encode() + content).text) <= len(content) + 30


@pytest.mark.parametrize(
    "name",
    [
        "hex", "base64", "uu", "quopri", "rot13", "utf-7", "U7", "unicode-1-1-utf-7", "punycode",
        "idna", "unicode_escape", "Raw-Unicode-Escape", "undefined", "aliases", "mbcs",
        "nonsense", "ü", "-", "x" * 10_000,
    ],
)  # fmt: skip
def test_what_are_no_letters_of_the_web_is_passed_over(name: str) -> None:
    content = "<p>Café +ADw- 6e6f \\x41</p>".encode()

    assert page(content, f"text/html; charset={name}").text == content.decode()
    assert page(f"<meta charset='{name}'>".encode() + content).text.endswith(content.decode())


@pytest.mark.parametrize(
    ("name", "content"),
    [("windows-1252", b"Caf\xe9"), ("ISO-8859-15", b"Caf\xe9"), ("utf-8", b"Caf\xc3\xa9"),
     ("utf-16", b"\xff\xfeC\x00a\x00f\x00\xe9\x00"), ("macintosh", b"Caf\x8e")],
)  # fmt: skip
def test_letters_of_the_web_are_read(name: str, content: bytes) -> None:
    assert page(content, f'text/html; charset="{name}"').text == "Café"


@pytest.mark.parametrize("content", CONTENTS)
def test_whatever_a_page_names_it_gives_a_text_no_longer_than_itself(content: bytes) -> None:
    for name in sorted(CODECS):
        text = page(content, f"text/html; charset={name}").text

        assert isinstance(text, str), name
        # And one that can be written down.
        assert text.encode(), name
        assert len(text) <= len(content), name
