"""How well the chance of winning is foretold for the newest leads of a table, and how fast."""

import json
import os
import platform
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scoring.chance.example import Example
from scoring.chance.history import History, arrange
from scoring.chance.model import Model
from scoring.chance.replacement import is_better
from scoring.chance.stored import as_json
from scoring.chance.training import train
from scoring.chance.validation import Figures, measure
from tests.benchmarks.chance_rows import ALONE, Leads, draw, read
from tests.benchmarks.contract import AtLeast, Benchmark, Result

TABLE = "the “Leads Dataset” of X Education"
NO_DATA = (
    "none given (--data FILE): a table drawn by a known law instead; the targets are those of "
    "x_education_leads.csv and mean nothing here"
)
SAID = ("roc_auc", "accuracy", "brier", "calibration_error")
ASKED_AT_LEAST = 20_000


def options(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help=f"a table of leads with the columns of {TABLE}")
    parser.add_argument("--leads", type=int, default=9_000, help="to draw where there is no table")


def run(given: Namespace) -> Result:
    """Train on the oldest four fifths, and measure on the newest."""
    if given.data:
        return measured(read(given.data), given.data.name)
    with TemporaryDirectory(prefix="crm-chance-") as folder:
        path = Path(folder) / "drawn.csv"
        draw(path, given.leads)
        return measured(read(path), NO_DATA)


def measured(leads: Leads, data: str) -> Result:
    load = os.getloadavg()[0]
    now = leads.examples[-1].at
    began = time.monotonic()
    model = train(leads.examples, leads.features, now=now)
    took = time.monotonic() - began
    history = arrange(leads.examples, now=now)
    if not isinstance(model, Model) or not isinstance(history, History):
        raise SystemExit(f"Nothing can be learnt from this table: {model}")
    figures = {name: round(getattr(model.record.figures, name), 4) for name in SAID}
    return Result(
        conditions={
            "data": data,
            **conditions(load, leads, model, history),
        },
        figures={
            "rows": len(leads.examples),
            **figures,
            "train_s": round(took, 1),
            "predictions_per_s": round(speed(model, history.held_out)),
            "model_kb": round(len(json.dumps(as_json(model))) / 1024, 1),
        },
    )


def conditions(load: float, leads: Leads, model: Model, history: History) -> dict[str, Any]:
    """Say what the figures depend on, and what is reached without the model."""
    record = model.record
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "scikit_learn": version("scikit-learn"),
        "load_before": round(load, 1),
        "held_out": f"the newest {len(history.held_out):,} leads, of which nothing is learnt; "
        f"{record.figures.won / record.figures.examples:.1%} won, "
        f"{record.base_rate:.1%} of the others",
        "not_looked_at": ", ".join(leads.left_out),
        "chosen": f"strength {record.strength}, {record.pairs} pairs, by predicting ahead within "
        "the older leads",
        "always_the_base_rate": shown(record.base_figures),
        "time_on_site_alone": shown(by_time_alone(history)),
        "the_model": shown(record.figures),
        **({"the_law_itself": shown(by_law(leads, history))} if leads.law else {}),
        "takes_over": is_better(model, None, history.held_out).sentence,
        "predictions": "with reasons, in a second of one core’s time",
    }


def shown(figures: Figures) -> str:
    names = (*SAID, "log_loss", "lift")
    return ", ".join(f"{name} {getattr(figures, name):.4f}" for name in names)


def by_time_alone(history: History) -> Figures:
    """Logistic regression on the one number, without anything else."""

    def times(examples: Sequence[Example]) -> list[list[float]]:
        # In thousands of seconds, so that it converges.
        return [[float(each.features[ALONE] or 0) / 1_000] for each in examples]  # type: ignore[arg-type]

    # Takes seconds to import, which the other benchmarks needn't wait for.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    won = [each.is_won for each in history.held_out]
    found = LogisticRegression().fit(
        times(history.training), [each.is_won for each in history.training]
    )
    return measure(won, [float(each[1]) for each in found.predict_proba(times(history.held_out))])


def by_law(leads: Leads, history: History) -> Figures:
    many = len(history.held_out)
    return measure([each.is_won for each in history.held_out], leads.law[-many:])


def speed(model: Model, examples: Sequence[Example]) -> float:
    """Leads in a second of processor time: others use the machine, too."""
    rounds = -(-ASKED_AT_LEAST // len(examples))
    began = time.process_time()
    for _ in range(rounds):
        for each in examples:
            model.chance(each.features, each.at)
    return rounds * len(examples) / (time.process_time() - began)


BENCHMARK = Benchmark(
    name="chance",
    sentence="Who of the newest leads is won, by what the older ones teach.",
    figures={
        "rows": None,
        "roc_auc": AtLeast(0.88),
        "accuracy": AtLeast(0.81),
        "brier": 0.13,
        "calibration_error": 0.04,
        "train_s": None,
        "predictions_per_s": AtLeast(5_000),
        "model_kb": None,
    },
    options=options,
    run=run,
    smallest=("--leads", "1500"),
)
