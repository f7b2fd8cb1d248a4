"""Where value went: follow claim money through the accounts under a tracing rule."""

from __future__ import annotations

from followmoney.tracing._catalogue import catalogue
from followmoney.tracing.rule import OTHER, Lot, Rule

__all__ = ["OTHER", "Lot", "Rule", "catalogue"]
