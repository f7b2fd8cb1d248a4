"""The sections of the settings; thresholds of patterns and options of community methods stand with those, not here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from followmoney.languages import ENGLISH
from followmoney.tracing._default import DEFAULT
from followmoney.tracing.assertions import Assertion
from followmoney.tracing.by_status import Question


@dataclass(frozen=True)
class Case:
    """What the case is called, and what was decided in it."""

    name: str = "Case"
    """Name of the case, as the report writes it."""
    journal: str | None = None
    """Journal of what analysts decided (JSON Lines, written by `followmoney note`); a path beside the settings file."""


@dataclass(frozen=True)
class Load:
    """How files are read."""

    specification: str | None = None
    """Import specification (TOML) that says what the columns of the files mean; a path beside the settings file."""
    max_refused: float = 0.01
    """Largest share of rows that may be refused, from 0 to 1; above it the command stops with exit code 3."""


@dataclass(frozen=True)
class Detect:
    """Which patterns are looked for; their thresholds are in [patterns.<name>]."""

    patterns: tuple[str, ...] = ()
    """Names of the patterns to look for; none given: all."""


@dataclass(frozen=True)
class Communities:
    """How networks are found; options of a method are in [communities.<method>]."""

    method: str = "leiden"
    """Method that groups accounts into networks."""
    seed: int = 1
    """Seed of methods that draw random numbers: the same seed gives the same networks."""
    by: Literal["account", "holder", "party", "beneficial_owner"] = "account"
    """What is grouped: accounts, or accounts merged by who holds or in the end owns them."""


@dataclass(frozen=True)
class Trace:
    """Which money is followed, by which rule, until when: an analyst's choice that the report repeats."""

    claim: tuple[str, ...] = ()
    """Transactions whose money is claimed (their identifiers)."""
    claim_from: str | None = None
    """Claim the evidence of this pattern's findings instead of naming transactions: an analyst's choice."""
    claimants: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType[str, tuple[str, ...]]({}), hash=False
    )
    """Several claimants, kept apart, each with the transactions claimed: "Ana=t17,t18"; in TOML a table
    [trace.claimants] with lines like Ana = ["t17", "t18"]."""
    rule: str = DEFAULT
    """Tracing rule that decides which money leaves a mixed account first; by_status: by who holds each account."""
    question: Question | None = None
    """What is asked: what is left of the claim, or what it bought. It decides under by_status, and where no rule is
    named beside it, it means that one."""
    until: str | None = None
    """Last day or instant that counts (2024-06-30 counts whole; UTC)."""
    assertions: tuple[Assertion, ...] = ()
    """What an analyst asserts beyond the records; in TOML tables that each begin with [[trace.assertions]]:
    `followmoney explain assertions`."""


@dataclass(frozen=True)
class Owners:
    """Who counts as a beneficial owner."""

    threshold: float = 0.25
    """Ownership interest that makes a beneficial owner, inclusive (Regulation (EU) 2024/1624, art. 52(1))."""
    lower: tuple[str, ...] = ()
    """Lower ones of sectors with higher risks (art. 52(2)), by the beginning of the NACE code, like 64=0.15."""


@dataclass(frozen=True)
class Resolution:
    """When two parties are the same."""

    weights: str | None = None
    """File (TOML) of weights and thresholds to use instead of the defaults; a path beside the settings file."""


@dataclass(frozen=True)
class Freeze:
    """How long an order takes."""

    takes_days: tuple[str, ...] = ()
    """Days until a freezing order takes effect in a country, like ES=4, or in all others, like other=30."""


FORMATS = ("html", "xlsx", "pdf", "docx")
"""What a report can be written as."""


@dataclass(frozen=True)
class Report:
    """What the report is written as."""

    formats: tuple[str, ...] = ("html",)
    """Formats of the report: html (always there), xlsx (schedules whose traced figures are live formulas), pdf
    (the page on paper, the tables attached), docx (a statement to be signed); all three need followmoney[report]."""
    language: str = ENGLISH
    """Language of the report page: en, fr or it."""
    template: str | None = None
    """A .docx document of your own that the statement is written into (default: ours); a path beside the settings
    file. `followmoney explain statement --out FILE` writes ours, to begin with."""
