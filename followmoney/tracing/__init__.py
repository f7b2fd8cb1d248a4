"""Where value went: follow claim money through the accounts under a tracing rule."""

from __future__ import annotations

from followmoney.tracing._ask import trace
from followmoney.tracing._catalogue import catalogue
from followmoney.tracing.assertions import Assertion
from followmoney.tracing.rule import OTHER, Draw, Lot, Rule, Settlement
from followmoney.tracing.traced import Trace

__all__ = ["OTHER", "Assertion", "Draw", "Lot", "Rule", "Settlement", "Trace", "catalogue", "trace"]
