"""E-mail addresses of whoever made a page, however they were written down."""

import base64

import pytest

from tests.extraction.reading import bakery, values, way

OWN = "hello@fernbakery.example"


def hidden(address: str, key: int = 0x5A) -> str:
    """As Cloudflare writes it: the key, then each byte mixed with it."""
    return bytes((key, *(each ^ key for each in address.encode()))).hex()


@pytest.mark.parametrize(
    ("body", "how"),
    [
        (f"<p>Write to {OWN}.</p>", "page"),
        (f'<p><a href="mailto:{OWN}?subject=Hello">E-mail us</a></p>', "link"),
        (f'<p><a href="MAILTO:%20{OWN.replace("@", "%40")}">E-mail us</a></p>', "link"),
        (f"<p>{''.join(f'&#{ord(each)};' for each in OWN)}</p>", "page"),
        ("<p>E-mail: hello (at) fernbakery (dot) example</p>", "decoded"),
        ("<p>E-mail: hello [at] fernbakery.example</p>", "decoded"),
        ("<p>E-mail hello at fernbakery dot example</p>", "decoded"),
        (f'<p><a class="__cf_email__" data-cfemail="{hidden(OWN)}">[email protected]</a></p>',
         "decoded"),
        (f'<a href="/cdn-cgi/l/email-protection#{hidden(OWN)}">Write to us</a>', "decoded"),
        (f'<p style="unicode-bidi:bidi-override;direction:rtl">{OWN[::-1]}</p>', "decoded"),
        ('<script>var a="hello",b="fernbakery.example";document.write(a+"@"+b)</script>',
         "decoded"),
        ("<p>Orders: hello AT fernbakery DOT example</p>", "decoded"),
        ("<p>Email: hello at fernbakery.example</p>", "decoded"),
        ('<p><a href="mailto:hello[at]fernbakery.example">Write</a></p>', "link"),
        (f'<map><area href="mailto:{OWN}" alt="Mail"></map>', "link"),
        ('<joomla-hidden-mail is-email="1" first="aGVsbG8=" last="ZmVybmJha2VyeS5leGFtcGxl">'
         "</joomla-hidden-mail>",
         "decoded"),
        (f"<astro-island props='{{\"to\":[0,\"{OWN}\"]}}'></astro-island>", "decoded"),
        ('<a data-user="hello" data-domain="fernbakery.example">Write</a>', "decoded"),
        (f'<a data-email="{base64.b64encode(OWN.encode()).decode()}">Write</a>', "decoded"),
    ],
)  # fmt: skip
def test_the_address_is_read(body: str, how: str) -> None:
    found = bakery(body)
    assert values(found, "email") == [OWN]
    assert way(found, "email") == how


def test_who_is_to_get_a_copy_is_read_as_well() -> None:
    found = bakery(f'<a href="mailto:{OWN}?subject=Hi&amp;cc=jo@fernbakery.example">Write</a>')
    assert values(found, "email") == [OWN, "jo@fernbakery.example"]


def test_mail_at_the_domain_of_whose_part_one_is() -> None:
    said = "<p>We are part of the Toft Bread Group.</p><p>Group office: jo@toftbread.example</p>"
    assert values(bakery(f"<p>{OWN}</p>{said}"), "email") == [OWN, "jo@toftbread.example"]


def test_addresses_are_told_once_and_in_small_letters() -> None:
    found = bakery("<p>Sales@FernBakery.example</p><footer>sales@fernbakery.example</footer>")
    assert values(found, "email") == ["sales@fernbakery.example"]


def test_a_mailbox_at_a_free_host_is_its_own_where_it_is_offered() -> None:
    found = bakery("<p>E-mail us: fernbakery.leeds@gmail.com</p>")
    assert values(found, "email") == ["fernbakery.leeds@gmail.com"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Your e-mail: <input placeholder='name@example.com'></p>",
        "<p>For example: you@yourcompany.com</p>",
        "<p>no-reply@fernbakery.example</p>",
        "<script src='https://x@cdn.example/lib@2.1.0.js'></script><p>icon@2x.png</p>",
        "<script>dsn='https://0123456789abcdef0123456789abcdef@sentry.io/42'</script>",
    ],
)
def test_samples_and_keys_are_no_addresses(body: str) -> None:
    assert values(bakery(body), "email") == []


@pytest.mark.parametrize(
    "body",
    [
        "<footer>Website by Pixel Pie Studio, studio@pixelpie.example</footer>",
        "<p>Complaints go to the Ombudsman: enquiries@ombudsman.example.org</p>",
        "<p>Our landlord is Hart Estates (lettings@hart-estates.example).</p>",
        "<h2>Our stockists</h2><ul><li>Corner Shop, hi@cornershop.example</li>"
        "<li>Mill Stores, hi@millstores.example</li><li>Deli, hi@deli.example</li></ul>",
    ],
)
def test_addresses_of_others_are_left_out(body: str) -> None:
    found = bakery(f"<p>Write to {OWN}</p>{body}")
    assert values(found, "email") == [OWN]
