"""What can be frozen, from whom, and on what proof."""

from __future__ import annotations

from followmoney.case.case import Case

__all__ = ["Case"]
