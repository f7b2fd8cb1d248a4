"""The ledger: what the sources say, checked; immutable."""

from __future__ import annotations

from followmoney.ledger._reading import FOUND_BROKEN, FOUND_LINE, FOUND_ROW, Part, Reading, Source
from followmoney.ledger.ledger import Ledger

__all__ = ["FOUND_BROKEN", "FOUND_LINE", "FOUND_ROW", "Ledger", "Part", "Reading", "Source"]
