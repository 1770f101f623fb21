"""What is true of one organisation in the simulated world."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """A place of business. Empty text and None mean that it has no such thing."""

    id: str  # "n00001": stable for a seed, and the root of its made-up facts
    name: str  # the name over the door and on its website
    legal_name: str  # as registered at Companies House; "" when it is no company
    trade: str  # one of the keys of trades.TRADES
    words: tuple[str, ...]  # what it is called in searches, in lower case
    what: str  # one sentence on what it does
    address: str  # without town and postcode
    town: str
    county: str
    postcode: str
    latitude: float
    longitude: float
    phone: str  # national form, "0116 496 0123"
    email: str  # at its domain
    domain: str  # below .example, without "www."
    number: str  # Companies House, 8 characters
    status: str  # "active", "dissolved", "liquidation"…; of the company
    company_type: str  # "ltd", "plc", "llp", "private-limited-guarant-nsc"
    incorporated: str  # "2014-03-09"
    dissolved: str  # a date when it was
    sic_codes: tuple[str, ...]
    employees: tuple[int, int] | None  # from and to
    registered_address: tuple[str, str, str] | None  # line, town, postcode when elsewhere
    from_register: bool  # it stands in a register bundled with the project
    public: bool  # people look for it on a map
    place_id: str
    closed: bool = False  # shut for good, though a map still shows it
    persons: tuple[tuple[str, str], ...] = ()  # ("Amira Holt", "Managing Director")

    @property
    def outward(self) -> str:
        return self.postcode.rsplit(" ", 1)[0]

    @property
    def website(self) -> str:
        return f"http://{self.domain}/" if self.domain else ""

    @property
    def is_company(self) -> bool:
        return bool(self.number)

    @property
    def full_address(self) -> str:
        return ", ".join(part for part in (self.address, self.town, self.postcode) if part)
