"""The gaps of sentences: what can stand in them, and which hold names, which are never touched."""

from __future__ import annotations

NUMBER = "n"
"""The number a plural goes by."""
NAMES = frozenset({
    "account", "asset", "bank", "buyer", "called", "claim2", "company", "country", "currency", "estate", "front",
    "funds", "goal", "goods", "hit", "into", "joint", "label", "lender", "machine", "named", "names", "names2",
    "nominees", "out", "own", "payer", "person", "presumed2", "reached", "seller", "shown", "shown2", "start",
    "stranger", "subject", "through", "to", "top", "towns", "trace",
})  # fmt: skip
"""Gaps that hold names and lists of names; the words of all others are retold where followmoney made them."""

_DAY, _FIGURE = r"\d{4}-\d\d-\d\d", r"-?[\d,.]*\d"
_LONG = rf"{_FIGURE} (?:minute|hour|day)s?"
_MONEY = rf"(?:[A-Z]{{3,5}} {_FIGURE}|several currencies|nothing)"
_SHAPES = {
    NUMBER: r"-?\d[\d,]*",
    **dict.fromkeys(("begin", "end", "begun", "changed", "founded"), _DAY),
    **dict.fromkeys(("smallest", "largest", "came", "gone", "expected"), _MONEY),
    **dict.fromkeys(("count", "days", "times", "links", "size", "findings"), rf"{_FIGURE}(?: [a-z ]+)?"),
    "within": rf"(?:on {_DAY}|within {_LONG}|{_FIGURE})",
    "lasting": _LONG,
    "part": rf"{_FIGURE} %",
    "transactions": r"[\d,]+ transactions?",
    "most": r"(?:At most |.*?)",
    "rest": rf"(?:; the rest, {_FIGURE} %, matches a commission)?",
    "back": r"(?:, and .+|payments back: .+|nothing came back|.+)?",
    "more": r"(?: and .+|[\d,]+|.+)?",
}


def shape(gap: str, least: str) -> str:
    """A pattern for what can stand in a gap; `least` is "?" to take as little as can be."""
    return _SHAPES.get(gap, f".*{least}")
