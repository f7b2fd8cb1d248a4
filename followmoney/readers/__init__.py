"""Bytes → Ledger: one source format a file; a file dropped into this folder is found."""

from __future__ import annotations

from followmoney.readers.sketches import sketch

__all__ = ["sketch"]
