"""The ways in which people write an e-mail address on a page, for fear of robots."""

from collections.abc import Callable
from html import escape


def written(email: str, form: str) -> str:
    """HTML for one address."""
    return WRITERS[form](email)


def link(email: str) -> str:
    return f'<a href="mailto:{email}?subject=Enquiry">{email}</a>'


def words(email: str) -> str:
    local, _, domain = email.partition("@")
    return escape(f"{local} [at] {domain.replace('.', ' [dot] ')}")


def entities(email: str) -> str:
    coded = "".join(f"&#{ord(letter)};" for letter in email)
    return f'<a href="&#109;&#97;&#105;&#108;&#116;&#111;&#58;{coded}">{coded}</a>'


def cloudflare(email: str) -> str:
    """As Cloudflare's e-mail protection leaves it: the first byte is the key to the others."""
    key = 0x5A ^ (len(email) & 0x1F)
    coded = f"{key:02x}" + "".join(f"{ord(letter) ^ key:02x}" for letter in email)
    return (
        f'<a href="/cdn-cgi/l/email-protection#{coded}"><span class="__cf_email__" '
        f'data-cfemail="{coded}">[email&#160;protected]</span></a>'
    )


def backwards(email: str) -> str:
    return f'<span style="unicode-bidi:bidi-override;direction:rtl">{escape(email[::-1])}</span>'


def script(email: str) -> str:
    local, _, domain = email.partition("@")
    host, _, end = domain.rpartition(".")
    return f"<script>document.write('{local}'+'@'+'{host}'+'.'+'{end}')</script>"


def image(_: str) -> str:
    return '<img src="/images/email.png" alt="our e-mail address">'


def none(_: str) -> str:
    return '<a href="/contact#form">Use the form below</a>'


WRITERS: dict[str, Callable[[str], str]] = {
    "plain": escape,
    "link": link,
    "words": words,
    "entities": entities,
    "cloudflare": cloudflare,
    "reversed": backwards,
    "script": script,
    "image": image,
    "none": none,
}
