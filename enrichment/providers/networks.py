"""Addresses of organisations' profiles in networks, in one form; LinkedIn's are a module apart."""

import re
from urllib.parse import urlsplit

LONGEST = 300
HOSTS = {
    "facebook": ("facebook.com", "fb.com"),
    "x": ("x.com", "twitter.com"),
}
HOMES = {"facebook": "https://www.facebook.com/", "x": "https://x.com/"}
HOST = re.compile(r"(?:www|m|mobile|en-gb|[a-z]{2}-[a-z]{2})\.")
NAMES = {
    "facebook": re.compile(r"[A-Za-z0-9.-]{2,100}"),
    "x": re.compile(r"[A-Za-z0-9_]{1,15}"),
}
# Pages of the networks themselves, in the place of a name.
OTHERS = frozenset({
    "share", "sharer", "sharer.php", "share.php", "home", "home.php", "login", "login.php",
    "intent", "search", "hashtag", "i", "pages", "groups", "people", "profile.php", "events",
    "photo", "photo.php", "watch", "plugins", "dialog", "tr", "settings", "explore", "about",
    "help", "privacy", "facebook", "twitter", "x", "wix", "squarespace", "wordpress",
})  # fmt: skip


def profile(network: str, url: str) -> str:
    """Give the one address of a profile at "facebook" or "x"; "" for whatever is none."""
    text = url.strip()
    if len(text) > LONGEST or not text.isprintable() or " " in text:
        return ""
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https", "") and "@" not in parts.netloc and port is None
    if not is_web or HOST.sub("", host, count=1) not in HOSTS[network]:
        return ""
    steps = [step for step in parts.path.split("/") if step]
    name = steps[0].removeprefix("@") if len(steps) == 1 else ""
    is_name = NAMES[network].fullmatch(name) and name.lower() not in OTHERS
    return HOMES[network] + name if is_name else ""
