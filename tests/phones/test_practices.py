"""Area codes against the numbers and postcodes of thousands of surgeries."""

import csv
import gzip
from collections import Counter
from pathlib import Path

from enrichment.phones.fitting import Fit, compare
from enrichment.phones.number import read

FILE = Path("crm/registers/bundled/epraccur.csv.gz")
POSTCODE, PHONE = 9, 17
EACH = 8


def test_hardly_a_surgery_is_said_to_be_elsewhere() -> None:
    with gzip.open(Path(__file__).resolve().parents[2] / FILE, "rt", encoding="utf-8") as text:
        rows = list(csv.reader(text))[::EACH]
    fits = Counter(compare(read(row[PHONE]), row[POSTCODE]).fit for row in rows)
    told = fits[Fit.FITS] + fits[Fit.ELSEWHERE]
    assert told > 1_500
    assert fits[Fit.ELSEWHERE] / told < 0.01
