"""Codes of the tables as a page says them: kinds, roles and names of patterns, in the language of the report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from followmoney.finding import Finding
from followmoney.languages import marks, retell, say

KINDS = marks(
    "border", "crypto", "country", "trade", "asserted wrongdoer", "received the claim first", "holds claim money now",
    "person", "company", "trust", "public body", "cash on hand", "income", "receipt", "living cost", "cash spent",
    "outlay",
)  # fmt: skip
"""Codes of a case and of its parties that a report says, for the catalogues."""


def code(text: str) -> str:
    """A code as people read it: "good_faith" is "good faith"."""
    return say(text.replace("_", " "))


def right(kind: str) -> str:
    """The kind of an interest as people read it: "votingRights" is "voting rights"."""
    return say(re.sub("(?=[A-Z])", " ", kind).lower())


def head(column: str) -> str:
    """The name of a column of sums as the head of a table has it."""
    return say(column.capitalize())


def sourced(row: Mapping[str, Any]) -> str:
    """The file and the row something was read from; empty where it was read from none."""
    return say("{source} row {row}", source=row["source"], row=str(row["row"])) if row["source"] else ""


def explained(finding: Finding) -> str:
    """The explanation of a finding: its own sentence, then what could not be checked, each retold."""
    unchecked = " ".join(finding.unchecked)
    own = finding.explanation.removesuffix(unchecked).rstrip() if unchecked else finding.explanation
    return " ".join([retell(own), *(retell(sentence) for sentence in finding.unchecked)])
