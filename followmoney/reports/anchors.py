"""Where a row of a schedule can be jumped to: a name made of the identifier, safe in any page."""

from __future__ import annotations

import hashlib

SCHEDULE_A = "schedule-a"
SCHEDULE_B = "schedule-b"
DATA, MISSING = "data-received", "data-missing"
RULE = "rule-used"
NOT_DRAWN = "not-drawn"


def transaction(identifier: str) -> str:
    """The place of a transaction in Schedule A."""
    return f"tx-{_digest(identifier)}"


def account(identifier: str) -> str:
    """The place of an account's ledger in Schedule B."""
    return f"ac-{_digest(identifier)}"


def evidence(finding: str) -> str:
    """The place of the evidence of a finding, in the chapter on findings."""
    return f"ev-{_digest(finding)}"


def fact(number: int) -> str:
    """The place of a fact that speaks for somebody, by the number of its entry in the journal."""
    return f"fact-{number}"


def _digest(identifier: str) -> str:
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:12]
