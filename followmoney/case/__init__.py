"""What can be frozen, from whom, and on what proof."""

from __future__ import annotations

from followmoney.case.case import Case
from followmoney.case.entry import Entry
from followmoney.case.journal import Journal

__all__ = ["Case", "Entry", "Journal"]
