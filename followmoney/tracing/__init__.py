"""Where value went: follow claim money through the accounts under a tracing rule."""

from __future__ import annotations

from followmoney.tracing._ask import trace
from followmoney.tracing._catalogue import catalogue
from followmoney.tracing.all_bounds import all_bounds
from followmoney.tracing.assertions import Assertion
from followmoney.tracing.bounds import Bounds, bounds
from followmoney.tracing.cuts import Cut, cut
from followmoney.tracing.frozen import Frozen, frozen
from followmoney.tracing.next_document import next_document
from followmoney.tracing.rule import OTHER, Draw, Lot, Rule, Settlement
from followmoney.tracing.traced import Trace

__all__ = [
    "OTHER", "Assertion", "Bounds", "Cut", "Draw", "Frozen", "Lot", "Rule", "Settlement", "Trace", "all_bounds",
    "bounds", "catalogue", "cut", "frozen", "next_document", "trace",
]  # fmt: skip
