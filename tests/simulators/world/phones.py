"""Telephone numbers from the ranges that Ofcom keeps free for drama."""

from tests.simulators.world.geography import miles

# A city's numbers serve all who live nearer to it than to another: ("0116 496 0", lat, lon).
CITIES = (
    ("0113 496 0", 53.797, -1.548),
    ("0114 496 0", 53.381, -1.470),
    ("0115 496 0", 52.954, -1.150),
    ("0116 496 0", 52.634, -1.129),
    ("0117 496 0", 51.454, -2.588),
    ("0118 496 0", 51.455, -0.978),
    ("0121 496 0", 52.479, -1.903),
    ("0131 496 0", 55.953, -3.188),
    ("0141 496 0", 55.861, -4.250),
    ("0151 496 0", 53.408, -2.992),
    ("0161 496 0", 53.480, -2.242),
    ("020 7946 0", 51.507, -0.128),
    ("0191 498 0", 54.978, -1.617),
    ("028 9649 6", 54.597, -5.930),
    ("029 2018 0", 51.481, -3.179),
)
# Where more than a thousand of a trade share a city, the rest have these.
ANYWHERE = ("03069 990", "0808 157 0", "07700 900")


def city(lat: float, lon: float) -> str:
    return min(CITIES, key=lambda city: miles(lat, lon, city[1], city[2]))[0]


def phone(city: str, rank: int) -> str:
    """The number of the nth organisation of its trade around a city."""
    start = city if rank < 1000 else ANYWHERE[rank // 1000 % 3]
    return f"{start}{rank % 1000:03d}"
