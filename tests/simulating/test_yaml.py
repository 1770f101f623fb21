"""Reading the plain YAML of vendors' documents."""

import os
from pathlib import Path

import pytest

from tests.simulators import validation, yaml

SPECS = os.environ.get("VENDOR_SPECS", "")
TEXT = """
# a comment
openapi: 3.0.3
info: {title: Plain (derived), version: v2}
servers: [{url: 'https://one.example/v2'}, {url: https://two.example/v2}]
paths:
  /validate:
    get:
      parameters:
      - {name: key, in: query, required: true, schema: {type: string, minLength: 1}}
      - {name: "say ""}
      responses:
        '200': {description: all's well}
        default:
          description: -1 means a bad key
"""


def test_mappings_lists_and_words_are_read() -> None:
    found = yaml.read(TEXT.replace('"say ""', '"say \\"so\\""'))

    assert found["openapi"] == "3.0.3"
    assert found["servers"] == [
        {"url": "https://one.example/v2"},
        {"url": "https://two.example/v2"},
    ]
    get = found["paths"]["/validate"]["get"]
    assert get["parameters"][0]["schema"] == {"type": "string", "minLength": 1}
    assert get["parameters"][0]["required"] is True
    assert get["parameters"][1] == {"name": 'say "so"'}
    assert get["responses"]["200"] == {"description": "all's well"}
    assert get["responses"]["default"] == {"description": "-1 means a bad key"}


def test_what_is_not_plain_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        yaml.read("a: {b: 1} c")


@pytest.mark.skipif(not SPECS or not Path(SPECS).is_dir(), reason="VENDOR_SPECS is not set.")
def test_the_document_of_zerobounce_can_be_read() -> None:
    contract = validation.contract("zerobounce")

    assert contract is not None
    assert set(contract.document["paths"]) == {"/validate", "/validatebatch", "/getcredits"}
