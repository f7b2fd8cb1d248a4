"""The ledger: what the sources say, checked; immutable."""

from __future__ import annotations

from followmoney.ledger._reading import Part, Reading, Source
from followmoney.ledger.ledger import Ledger

__all__ = ["Ledger", "Part", "Reading", "Source"]
