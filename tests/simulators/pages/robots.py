"""What a site tells robots: which pages they may read, how fast, and where they are listed."""

from tests.simulators.messages import Reply
from tests.simulators.pages import ways
from tests.simulators.pages.making import Making
from tests.simulators.world.organisation import Organisation


def forbidden(one: Organisation, made: Making) -> list[str]:
    """How the paths begin that no robot may read."""
    if made.status == 403:
        return ["/"]
    has = ways.of(one)
    if not has.robots:
        return []
    return ["/admin/", *([has.closed_to_robots] if has.closed_to_robots else [])]


def delay(one: Organisation) -> int:
    """Seconds that it asks robots to wait between two pages."""
    has = ways.of(one)
    return has.crawl_delay if has.robots else 0


def rules(one: Organisation, made: Making) -> Reply | None:
    """robots.txt; None where there is none."""
    has = ways.of(one)
    if not has.robots and made.status != 403:
        return None
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in forbidden(one, made))]
    if has.crawl_delay:
        lines.append(f"Crawl-delay: {has.crawl_delay}")
    if has.sitemap:
        lines += ["", f"Sitemap: http://{made.host}/sitemap.xml"]
    return plain("\n".join(lines) + "\n")


def plain(text: str) -> Reply:
    return Reply(200, None, {}, text.encode(), "text/plain")


def sitemap(one: Organisation, made: Making) -> Reply | None:
    if not ways.of(one).sitemap:
        return None
    rows = "".join(f"<url><loc>http://{made.host}{path}</loc></url>\n" for path in ways.paths(one))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
    return Reply(200, None, {}, text.encode(), "application/xml")
