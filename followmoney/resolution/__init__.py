"""Who is who: which parties of a ledger are the same, with reasons, decisions and a way back."""

from __future__ import annotations

from followmoney.resolution._apply import rests_on, undone
from followmoney.resolution.decisions import Decision, decisions
from followmoney.resolution.resolution import Resolution
from followmoney.resolution.resolve import resolve
from followmoney.resolution.weights import Level, Weights

__all__ = ["Decision", "Level", "Resolution", "Weights", "decisions", "resolve", "rests_on", "undone"]
