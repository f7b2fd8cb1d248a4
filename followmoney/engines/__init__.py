"""Where a question is run: in this process, slice by slice, or in a pool of processes; engines know no patterns."""

from __future__ import annotations

from followmoney.engines.local import Local
from followmoney.engines.scope import Engine, Scope, Slice

__all__ = ["Engine", "Local", "Scope", "Slice"]
