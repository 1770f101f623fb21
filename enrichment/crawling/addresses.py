"""Web addresses in one form, so that a page is known again; and whose they are."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import tldextract

MOST_LONG = 1_000
PORTS = {"http": 80, "https": 443}
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
# Whom a visitor came by, and that he is one: never which page it is.
TRACKING = re.compile(
    r"utm_\w*|mc_\w+|pk_\w+|mtm_\w+|hsa_\w+|_hs\w*|_ga|_gl|gclid|gbraid|wbraid|fbclid|msclkid|"
    r"dclid|yclid|igshid|ref|ref_src|source|phpsessid|jsessionid|aspsessionid\w*|sid|sessionid|"
    r"session_id|cfid|cftoken",
    re.IGNORECASE,
)
SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
INDEX = re.compile(r"/(?:index|default|home)\.(?:html?|php|aspx?|cfm)$", re.IGNORECASE)
# Of the list that came with the library; what hosts keep for their customers counts as theirs.
_domain = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


def clean(url: str, base: str = "") -> str:
    """Give an address in the form that is asked for, or "" where it is none of a web page."""
    if len(url) > MOST_LONG:
        return ""
    try:
        parts = urlsplit(urljoin(base, re.sub(r"[\t\r\n]", "", url).strip()))
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not host or "@" in parts.netloc or re.search(r"[\s\\%]", host):
        return ""
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != PORTS[parts.scheme]:
        place += f":{port}"
    return urlunsplit((parts.scheme, place, _path(parts.path), _query(parts.query), ""))


def starts(site: str) -> Iterator[str]:
    """Give the addresses under which a website may be, the likeliest first.

    Visitors of today come by https; some names are there with “www.” only, or without.
    """
    text = site.strip()
    first = clean(text if "://" in text else f"https://{text.removeprefix('//')}")
    if "." not in host(first) and ":" not in host(first):
        return
    parts = urlsplit(first)
    for place in (parts.netloc, _twin(parts.netloc)):
        # A port of its own speaks the one of them only.
        schemes = ("https", "http") if parts.port is None else (parts.scheme,)
        for scheme in schemes if place else ():
            yield urlunsplit((scheme, place, parts.path, parts.query, ""))


def origin(url: str) -> str:
    """Give scheme, host and port: that for which one robots.txt speaks."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host(url: str) -> str:
    return urlsplit(url).hostname or ""


def is_name(host: str) -> bool:
    """Say whether a host has a name that somebody can register; numbers, however written, don't."""
    first, _, last = host.rpartition(".")
    return bool(first) and not last[:1].isdigit() and ":" not in host


def site(url: str) -> str:
    """Give what a host and its twin with “www.” have in common, and schemes too."""
    return urlsplit(url).netloc.removeprefix("www.")


def registrable(url: str) -> str:
    """Give the domain that somebody registered, or was given by a host of websites."""
    name = host(url)
    found = _domain(name)
    if found.suffix:
        return found.top_domain_under_public_suffix or name
    # Where no rule of the list fits, the last label is a suffix; numbers have none.
    labels = name.split(".")
    return name if labels[-1].isdigit() or ":" in name else ".".join(labels[-2:])


def at(url: str, home: str) -> str:
    """Give the same page of a website as it is called from its first one."""
    there = urlsplit(home)
    return urlunsplit(urlsplit(url)._replace(scheme=there.scheme, netloc=there.netloc))


def identity(url: str) -> str:
    """Give what all forms of an address of the same page have in common."""
    parts = urlsplit(url)
    path = INDEX.sub("", parts.path).rstrip("/")
    return f"{site(url)}{path}?{'&'.join(sorted(parts.query.split('&')))}"


def _twin(place: str) -> str:
    """Give the same host with or without “www.”; what is below a domain, or a number, has none."""
    if place.startswith("www."):
        return place.removeprefix("www.")
    name = place.partition(":")[0]
    return f"www.{place}" if is_name(name) and registrable(f"//{place}") == name else ""


def _path(text: str) -> str:
    text = SESSION.sub("", ESCAPE.sub(_unescaped, text))
    found: list[str] = []
    parts = quote(text, safe="/%:@!$&'()*+,;=~").split("/")
    for part in parts:
        if part == "..":
            found = found[:-1]
        elif part not in ("", "."):
            found.append(part)
    ends = "/" if found and parts[-1] in ("", ".", "..") else ""
    return f"/{'/'.join(found)}{ends}"


def _unescaped(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    return letter if letter in UNRESERVED else escape[0].upper()


def _query(text: str) -> str:
    """Leave the fields as they are written, without those that say who comes."""
    fields = (each for each in text.split("&") if each)
    kept = [each for each in fields if not TRACKING.fullmatch(each.partition("=")[0])]
    return quote("&".join(kept), safe="=&%/?:;,+$~@!*()'[]")
