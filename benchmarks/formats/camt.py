"""Statements in ISO 20022: camt.053, version 8."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.generator.camt import camt

from .format import Format, Way, parsed_xml


def _pycamt(path: Path) -> Any:
    from pycamt.parser import Camt053Parser

    return Camt053Parser.from_file(path).get_transactions()


def _pyiso20022(path: Path) -> Any:
    """Objects of the whole message, as xsdata makes them from the schema."""
    import pyiso20022.camt.camt_053_001_08 as schema
    from xsdata.formats.dataclass.parsers import XmlParser

    return XmlParser().parse(path, schema.Document)


FORMAT = Format(
    "camt.053, version 8", "entries", ".xml", camt,
    {
        "pycamt, few entries": Way("pycamt", _pycamt, few=True),
        "pyiso20022": Way("pyiso20022", _pyiso20022),
        "parsing alone": Way("lxml", parsed_xml("Ntry")),
    },
    goal="≥ 9,000, below 100 MB",
)  # fmt: skip
