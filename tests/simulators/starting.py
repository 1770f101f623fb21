"""Starting simulators, in this process, and saying where they are."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.simulators.clock import Clock
from tests.simulators.core import Simulator
from tests.simulators.world import population

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
}  # fmt: skip
KEYS = {
    "OPENAI_API_KEY": "sim-openai",
    "COMPANIES_HOUSE_KEY": "sim-ch",
    "GOOGLE_PLACES_KEY": "sim-places",
    "APOLLO_KEY": "sim-apollo",
    "HUNTER_KEY": "sim-hunter",
}


class Running:
    """Simulators that run, each under its name: `running.openai.calls()`."""

    openai: Simulator
    companies_house: Simulator
    google_places: Simulator
    apollo: Simulator
    hunter: Simulator
    sites: Simulator

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
        if "sites" in self.all:
            (self.folder / "names").write_text(domain_names(self.all["sites"].port))
            env["HTTP_NAMES"] = str(self.folder / "names")
        return env | {"SIMULATED_VENDORS": "1"}

    def stop(self) -> None:
        self.clock.close()
        for simulator in self.all.values():
            simulator.stop()


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
    population(seed)
    with tempfile.TemporaryDirectory(prefix="simulators-") as folder:
        started = Running(names or VENDORS, Clock(speed), Path(folder), seed)
        try:
            yield started
        finally:
            started.stop()
