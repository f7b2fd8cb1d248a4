"""The languages of a report: what is said now is looked up, what was said before in English is retold."""

from __future__ import annotations

from followmoney.languages._known import ENGLISH, LANGUAGES
from followmoney.languages.retell import retell, retold
from followmoney.languages.say import columns, count, listed, mark, marks, say
from followmoney.languages.speaking import speaking, spoken

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "columns",
    "count",
    "listed",
    "mark",
    "marks",
    "retell",
    "retold",
    "say",
    "speaking",
    "spoken",
]
