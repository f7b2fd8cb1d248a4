"""A ledger or a case in the format of another tool; one format a file, found by the catalogue."""

from __future__ import annotations

from followmoney.reports.exports._catalogue import catalogue
from followmoney.reports.exports.export import export

__all__ = ["catalogue", "export"]
