"""The vendors, each with its row of the table of reactions and its limits."""

from crm.outside.service import MEGABYTE, Pace, Reaction, Rule, Service

R, W, S, G, N = (
    Reaction.RETRY, Reaction.WAIT, Reaction.STOP, Reaction.GIVE_UP, Reaction.NOT_THERE,
)  # fmt: skip
KEY, PLAN, CREDIT, MODEL, ADDRESS = (
    (Rule(S, kind),) for kind in ("key", "plan", "credit", "model", "address")
)  # fmt: skip
AGAIN, NO, NONE = (Rule(R),), (Rule(G),), (Rule(N),)
# Whatever a row does not name. Servers that are in trouble are asked again.
DEFAULT: dict[int, tuple[Rule, ...]] = {
    401: KEY, 402: CREDIT, 404: NONE, 408: AGAIN, 410: NONE, 429: (Rule(W, wait=30),),
}  # fmt: skip

OPENAI = Service(
    slug="openai",
    label="OpenAI",
    base_setting="OPENAI_BASE_URL",
    header="bearer",
    # Our own choice, for posts and looks together: the true limits follow from the account.
    paces=(Pace(480, 60, burst=8),),
    reactions={
        400: (Rule(S, "model", codes=("model_not_found",)), Rule(G)),
        401: KEY,
        403: PLAN,
        # An answer that they no longer keep is gone; a model is a matter of settings.
        404: (Rule(S, "model", codes=("model_not_found",)), Rule(N)),
        409: AGAIN,
        422: NO,
        429: (
            Rule(S, "credit", codes=("insufficient_quota", "billing_hard_limit_reached")),
            Rule(W, wait=20),
        ),
    },
    read=60,
    deadline=120,
    most_bytes=20 * MEGABYTE,
)

COMPANIES_HOUSE = Service(
    slug="companies_house",
    label="Companies House",
    base_setting="COMPANIES_HOUSE_URL",
    header="basic",
    # Who goes beyond is shut out without notice, hence no burst.
    paces=(Pace(600, 300),),
    # 404 of a search: no company fits. 429: nothing until the window ends, which began up to five
    # minutes ago.
    reactions={400: NO, 401: KEY, 403: PLAN, 404: NONE, 422: NO, 429: (Rule(W, wait=300),)},
    most_bytes=20 * MEGABYTE,
)

GOOGLE_PLACES = Service(
    slug="google_places",
    label="Google Places",
    base_setting="GOOGLE_PLACES_URL",
    header="X-Goog-Api-Key",
    paces=(Pace(600, 60, burst=6),),
    reactions={
        # A wrong key is a 400 in practice.
        400: (Rule(S, "key", codes=("API_KEY_INVALID", "API key not valid")), Rule(G)),
        401: KEY,
        403: (
            Rule(S, "key", codes=("API_KEY_INVALID", "API_KEY_SERVICE_BLOCKED")),
            Rule(S, "plan"),
        ),
        404: NONE,
        422: NO,
        429: (Rule(R, wait=2),),
    },
)

APOLLO = Service(
    slug="apollo",
    label="Apollo",
    base_setting="APOLLO_URL",
    header="x-api-key",
    # 200 a minute and 6,000 an hour: the hour is what binds.
    paces=(Pace(6_000, 3_600, burst=10),),
    reactions={
        400: NO, 401: KEY, 403: PLAN, 404: NONE, 410: NONE, 422: NO,
        429: (Rule(W, wait=60),),
    },
)  # fmt: skip

HUNTER = Service(
    slug="hunter",
    label="Hunter",
    base_setting="HUNTER_URL",
    header="X-API-KEY",
    # Each with a limit of a second and of a minute; burst and interval keep to both.
    paces=(
        Pace(50, 60, burst=3, lane="discover", paths=("/discover",)),
        Pace(300, 60, burst=3, lane="verifier", paths=("/email-verifier",)),
        Pace(500, 60, burst=5),
    ),
    # Turned round: 403 is “slow down”, 429 “credits used up”, 451 “the person has objected”.
    reactions={
        400: NO, 401: KEY, 403: (Rule(R, wait=2),), 404: NONE, 409: (Rule(W, wait=2),), 422: NO,
        429: CREDIT, 451: (Rule(G, "suppress"),),
    },
)  # fmt: skip

ZEROBOUNCE = Service(
    slug="zerobounce",
    label="ZeroBounce",
    base_setting="ZEROBOUNCE_URL",
    header="",
    query="api_key",
    # Our own choice, far below theirs: who errs too often is shut out for an hour.
    paces=(Pace(1_200, 60, burst=5),),
    # A bad key and one without credit are a good answer with these words. 403 is their shield
    # against robots, which says nothing of the key; a wrong address sets it off, too.
    reactions={
        200: (Rule(S, "key", codes=("Invalid API",)),),
        400: NO, 401: KEY, 403: (Rule(W, wait=60),), 404: ADDRESS, 422: NO,
        429: (Rule(W, wait=60),),
    },
)  # fmt: skip

TWILIO = Service(
    slug="twilio",
    label="Twilio",
    base_setting="TWILIO_URL",
    header="pair",
    # Our own choice: how many at once they take is nowhere published.
    paces=(Pace(1_200, 60, burst=5),),
    reactions={
        400: NO, 401: KEY, 403: PLAN, 404: NO, 422: NO,
        # Whatever they answer so has not been done.
        429: (Rule(R, wait=2),),
    },
)  # fmt: skip

CLEARBIT = Service(
    slug="clearbit",
    label="Clearbit",
    base_setting="CLEARBIT_URL",
    header="basic",
    paces=(Pace(600, 60, burst=5),),
    reactions={
        400: NO, 401: KEY, 402: CREDIT, 403: PLAN, 404: NONE, 422: NO,
        429: (Rule(W, wait=60),),
    },
)  # fmt: skip

SERVICES: dict[str, Service] = {
    service.slug: service
    for service in (
        OPENAI, COMPANIES_HOUSE, GOOGLE_PLACES, APOLLO, HUNTER, ZEROBOUNCE, TWILIO, CLEARBIT,
    )
}  # fmt: skip


def label(slug: str) -> str:
    """Name a service; one that is no more by what it was called here."""
    if slug in SERVICES:
        return SERVICES[slug].label
    return slug.replace("_", " ").capitalize() or "Other"
