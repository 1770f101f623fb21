"""Hosts where many have a page of their own: networks, directories, authorities, builders."""

from enrichment.reading import hosts

# fmt: off
DIRECTORIES = frozenset({
    "192.com", "118118.com", "accountingweb.co.uk", "apollo.io", "bark.com", "bizdb.co.uk",
    "bizify.co.uk", "booking.com", "business-directory-uk.co.uk", "businessmagnet.co.uk",
    "checkatrade.com",
    "clutch.co", "companieslist.co.uk", "company-information.service.gov.uk", "companycheck.co.uk",
    "companydirectory.uk", "crunchbase.com", "cylex-uk.co.uk", "deliveroo.co.uk", "dnb.com",
    "doctify.com", "duedil.com", "endole.co.uk", "europages.co.uk", "find-open.co.uk",
    "fyple.co.uk", "freeindex.co.uk", "getthedata.com", "glassdoor.co.uk", "goodfirms.co",
    "hotfrog.co.uk", "indeed.com", "just-eat.co.uk", "kompass.com", "locallife.co.uk",
    "mybuilder.com", "misterwhat.co.uk", "northdata.com", "opencorporates.com", "opentable.co.uk",
    "openingtimes.co.uk", "pomanda.com", "qype.co.uk", "ratedpeople.com", "reed.co.uk",
    "rightmove.co.uk", "rocketreach.co", "schoolguide.co.uk", "scoot.co.uk", "thebestof.co.uk",
    "thegazette.co.uk", "thomsonlocal.com", "threebestrated.co.uk", "totaljobs.com",
    "tripadvisor.co.uk", "tripadvisor.com", "trustatrader.com", "trustpilot.com", "tuugo.co.uk",
    "uksmallbusinessdirectory.co.uk", "ukphonebook.com", "unbiased.co.uk", "vymaps.com",
    "whatclinic.com", "yalwa.co.uk", "yell.com", "yelp.co.uk", "yelp.com", "zoominfo.com",
    "zoopla.co.uk",
})
# Networks, by their short addresses, too.
NETWORKS = frozenset(hosts.NETWORKS) | {"lnkd.in", "youtu.be", "t.co"}
SOCIAL = NETWORKS | frozenset({
    "google.com", "google.co.uk", "goo.gl", "g.page", "linktr.ee", "nextdoor.co.uk", "wa.me",
    "bit.ly", "wikipedia.org", "reddit.com", "vimeo.com", "ebay.co.uk", "etsy.com",
    "amazon.co.uk", "gumtree.com",
})
# An authority tells of it there: true, but not its own.
OFFICIAL = frozenset({"nhs.uk", "gov.uk", "cqc.org.uk", "police.uk", "parliament.uk"})
# Each of their subdomains is the website of somebody else.
BUILDERS = frozenset({
    "wixsite.com", "wordpress.com", "blogspot.com", "weebly.com", "squarespace.com",
    "godaddysites.com", "business.site", "myshopify.com", "webnode.co.uk", "jimdosite.com",
    "jimdofree.com", "yolasite.com", "webs.com", "github.io", "netlify.app", "site123.me",
    "square.site", "e-schools.co.uk", "schooljotter2.com", "sch.uk",
})
# fmt: on
# Who belongs to an authority may have a website under its name; what lies here is no one's own.
ABOUT_OTHERS = frozenset({"service.gov.uk", "service.nhs.uk", "cqc.org.uk", "police.uk"})
# Schools register what they have there themselves.
REGISTERED = frozenset({"sch.uk"})
MANYS = DIRECTORIES | SOCIAL | (hosts.COMMON - OFFICIAL)
NOT_OWN = MANYS | ABOUT_OTHERS
MANYS_DOMAINS = MANYS | (BUILDERS - REGISTERED)


def is_one(url: str) -> bool:
    """Say whether many have pages there; what stands below a builder's host is somebody's own."""
    name = hosts.host(url)
    above = _above(name)
    if above & BUILDERS:
        return name in BUILDERS
    return not name or bool(above & NOT_OWN) or name in OFFICIAL


def is_domain_of_many(host: str) -> bool:
    """Say whether the domain tells nobody from others; a builder's customers have it in common."""
    return bool(_above(host) & MANYS_DOMAINS) or host.removeprefix("www.") in OFFICIAL


def _above(name: str) -> set[str]:
    labels = name.split(".")
    return {".".join(labels[at:]) for at in range(max(0, len(labels) - 6), len(labels))}
