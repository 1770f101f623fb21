"""Which addresses belong to the open internet."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

CLOSED_4 = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared behind a carrier's translation
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; clouds tell their secrets there
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # measurements
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # many at once
        "240.0.0.0/4",  # reserved, and everybody
    )
)
OPEN_6 = IPv6Network("2000::/3")
CLOSED_6 = tuple(
    IPv6Network(each)
    for each in (
        "2001::/23",  # protocols, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: leads to an IPv4 address
        "3fff::/20",  # documentation
    )
)
# IPv4 in another dress: what counts is the address inside.
MAPPED, TRANSLATED = IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96")


def is_open(text: str) -> bool:
    """Say whether it is an address that anybody on the internet may go to."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return _is_open_4(address) if isinstance(address, IPv4Address) else _is_open_6(address)


def is_loopback(host: str) -> bool:
    """Say whether a host, as it stands in an address, is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_open_4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in CLOSED_4)


def _is_open_6(address: IPv6Address) -> bool:
    if address in MAPPED or address in TRANSLATED:
        return _is_open_4(IPv4Address(int(address) & 0xFFFF_FFFF))
    is_unicast = address in OPEN_6 and address.scope_id is None
    return is_unicast and not any(address in network for network in CLOSED_6)
