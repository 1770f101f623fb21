"""Starting simulators, in this process, and saying where they are."""

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.simulators import world
from tests.simulators.clock import Clock
from tests.simulators.companies_house_documents import STORE
from tests.simulators.core import Simulator
from tests.simulators.sites import FENCED

# name: (module, class, variable of its address, what stands after the address, variable of its key)
VENDORS = {
    "openai": ("openai", "OpenAI", "OPENAI_BASE_URL", "/v1", "OPENAI_API_KEY"),
    "companies_house": (
        "companies_house", "CompaniesHouse", "COMPANIES_HOUSE_URL", "", "COMPANIES_HOUSE_KEY",
    ),
    "google_places": (
        "google_places", "GooglePlaces", "GOOGLE_PLACES_URL", "/v1", "GOOGLE_PLACES_KEY",
    ),
    "apollo": ("apollo", "Apollo", "APOLLO_URL", "/api/v1", "APOLLO_KEY"),
    "hunter": ("hunter", "Hunter", "HUNTER_URL", "/v2", "HUNTER_KEY"),
    "sites": ("sites", "Sites", "", "", ""),
    "zerobounce": ("zerobounce", "ZeroBounce", "ZEROBOUNCE_URL", "/v2", "ZEROBOUNCE_KEY"),
    "twilio": ("twilio", "Twilio", "TWILIO_URL", "/v2", "TWILIO_KEY"),
    "clearbit": ("clearbit", "Clearbit", "CLEARBIT_URL", "/v2", "CLEARBIT_KEY"),
    "companies_house_documents": (
        "companies_house_documents", "CompaniesHouseDocuments", "COMPANIES_HOUSE_DOCUMENTS_URL", "",
        "COMPANIES_HOUSE_KEY",
    ),
    "document_store": ("document_store", "DocumentStore", "", "", ""),
    "dns": ("dns", "Dns", "", "", ""),
}  # fmt: skip
KEYS = {
    "OPENAI_API_KEY": "sim-openai",
    "COMPANIES_HOUSE_KEY": "sim-ch",
    "GOOGLE_PLACES_KEY": "sim-places",
    "APOLLO_KEY": "sim-apollo",
    "HUNTER_KEY": "sim-hunter",
    "ZEROBOUNCE_KEY": "sim-zerobounce",
    # A key's SID and its secret.
    "TWILIO_KEY": "SK00000000000000000000000000005150:sim-twilio",
    "CLEARBIT_KEY": "sim-clearbit",
}


class Running:
    """Simulators that run, each under its name: `running.openai.calls()`."""

    openai: Simulator
    companies_house: Simulator
    google_places: Simulator
    apollo: Simulator
    hunter: Simulator
    sites: Simulator
    zerobounce: Simulator
    twilio: Simulator
    clearbit: Simulator
    companies_house_documents: Simulator
    document_store: Simulator
    dns: Simulator

    def __init__(self, names: Iterable[str], clock: Clock, folder: Path, seed: int = 0) -> None:
        self.clock = clock
        self.folder = folder
        self.all: dict[str, Simulator] = {}
        for name in names:
            module, class_, *_ = VENDORS[name]
            make: Any = getattr(import_module(f"tests.simulators.{module}"), class_)
            self.all[name] = make(clock=clock, seed=seed).start()
            setattr(self, name, self.all[name])
        self.env = self._environment()
        (folder / "env").write_text("".join(f"{k}={v}\n" for k, v in self.env.items()))

    def _environment(self) -> dict[str, str]:
        """What points the product at the simulators that run."""
        env = {}
        for name, simulator in self.all.items():
            _, _, variable, path, key = VENDORS[name]
            if variable:
                env[variable] = simulator.url + path
                env[key] = KEYS[key]
        if lines := self._names():
            (self.folder / "names").write_text(lines)
            env["HTTP_NAMES"] = str(self.folder / "names")
        if "dns" in self.all:
            env["DNS_SERVER"] = f"127.0.0.1:{self.all['dns'].port}"
        return env | {"SIMULATED_VENDORS": "1"}

    def _names(self) -> str:
        """The file that stands for DNS where pages are fetched."""
        found = ""
        if "document_store" in self.all:
            found += f"{STORE} 127.0.0.1:{self.all['document_store'].port}\n"
        if "sites" in self.all:
            port = self.all["sites"].port
            found += "".join(f"{name} 127.0.0.1:{port}\n" for name in FENCED)
            found += domain_names(port)
        return found

    def stop(self) -> None:
        self.clock.close()
        # Each looks now and then only whether it should end.
        with ThreadPoolExecutor(len(self.all) or 1) as several:
            list(several.map(lambda each: each.stop(), self.all.values()))


def domain_names(port: int) -> str:
    """The file that stands for DNS: domains that must not resolve, then all the others."""
    fakes = import_module("tests.simulators.fakes")
    missing = sorted(fakes.missing_domains())
    gone = "".join(f"{domain} -\nwww.{domain} -\n" for domain in missing)
    return f"{gone}*.example 127.0.0.1:{port}\n"


@contextmanager
def running(*names: str, speed: float = 1.0, seed: int = 0) -> Iterator[Running]:
    """The named simulators, or all, for as long as the block lasts.

    Their world is built before, so that no caller's patience ends while it is being built.
    """
    world.population(seed)
    with tempfile.TemporaryDirectory(prefix="simulators-") as folder:
        started = Running(names or VENDORS, Clock(speed), Path(folder), seed)
        try:
            yield started
        finally:
            started.stop()
