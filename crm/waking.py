"""What wakes the workers: its settings, and the sentences for those that will not do."""

from urllib.parse import urlsplit

BROKERS = {
    "orm": "crm.running.broker.Broker",
    "redis": "crm.running.redis_broker.Broker",
}
DEFAULT_URL = "redis://127.0.0.1:6379/0"
SCHEMES = {"redis", "rediss", "unix"}


class UnknownBroker(SystemExit):
    """Q_BROKER names none that there is; whatever reads it ends with this sentence."""


class NotARedis(SystemExit):
    """REDIS_URL is no address; the sentence does not repeat it, for it may hold a password."""


def broker(text: str | None) -> str:
    """The name of a broker in a setting; an empty one means the database."""
    text = (text or "").strip() or "orm"
    if text not in BROKERS:
        raise UnknownBroker(
            f"Q_BROKER={text} is no broker. Leave it out or write Q_BROKER=orm (wake-ups go "
            "through the database) or Q_BROKER=redis."
        )
    return text


def redis_url(text: str | None) -> str:
    """The address of a Redis in a setting; an empty one means this machine's."""
    text = (text or "").strip() or DEFAULT_URL
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in SCHEMES and (parts.port is None or parts.port > 0)
    except ValueError:
        is_one = False
    if not is_one:
        raise NotARedis(
            f"REDIS_URL is not the address of a Redis. Leave it out or write one, like "
            f"REDIS_URL={DEFAULT_URL}."
        )
    return text
