"""The gaps of sentences: what can stand in them, and which hold names, which are never touched."""

from __future__ import annotations

NUMBER = "n"
"""The number a plural goes by."""
NAMES = frozenset({
    "about", "account", "accounts", "asset", "away", "bank", "between", "called", "claim2", "code", "column", "company",
    "country", "currency", "dated", "estate", "file", "files", "front", "from_towns", "funds", "hit", "innocent",
    "instead", "instrument", "into", "joint", "label", "late", "lender", "machine", "meanings", "name", "name2",
    "named", "names", "names2", "nominees", "options", "out", "own", "payer", "person", "place", "presumed2", "ranges",
    "reached", "rule", "sector", "shown", "shown2", "some", "source", "start", "strange", "stranger", "subject",
    "table", "things", "through", "to", "to_dicts", "top", "towns", "trace",
})  # fmt: skip
"""Gaps that hold names, codes and lists of them: always kept as they are."""
MIXED = frozenset({
    "a", "buyer", "damage", "first", "goal", "goods", "group", "home", "ids", "ids2", "kind", "kinds", "lacking",
    "list", "missing", "other", "other2", "others", "seller", "status", "trades", "units", "unread", "what", "who", "x",
})  # fmt: skip
"""Gaps that hold a name or words of followmoney: retold where they are its words. All other words must be its own."""

_DAY, _FIGURE = r"\d{4}-\d\d-\d\d", r"-?[\d,.]*\d"
_LONG = rf"{_FIGURE} (?:minute|hour|day)s?"
_MONEY = rf"(?:[A-Z]{{3,5}} {_FIGURE}|several currencies|nothing)"
_SHAPES = {
    NUMBER: r"-?\d[\d,]*",
    **dict.fromkeys(("begin", "end", "begun", "changed", "founded"), _DAY),
    **dict.fromkeys(("smallest", "largest", "came", "gone", "expected"), _MONEY),
    **dict.fromkeys(("count", "days", "times", "links", "size", "findings"), rf"{_FIGURE}(?: [a-z ]+)?"),
    "exits": r"[^;]*",
    "lasting": _LONG,
    "most": r"(?:At most |.*?)",
    "part": rf"{_FIGURE} %",
    "much": rf"(?:{_FIGURE} % of it|more than came in)",
    "new": (
        rf"(?:opened on {_DAY}(?:, [\d,]+ days? before)?|"
        rf"silent for [\d,]+ days?, since (?:the ledger began on )?{_DAY})"
    ),
    "phrase": (
        "(?:in cash|in fees|into assets|into pooled accounts|into debts made for purchases|to pay off debts|"
        "to unknown accounts|to holders in good faith, where the claim ends)"
    ),
    "places": r"(?:one account|[\d,]+ accounts(?: that belong together)?|[\d,]+)",
    "rule": r"[a-z]\w*",
    "rest": rf"(?:; the rest, {_FIGURE} %, matches a commission)?",
    "subject": r"(?:(?! at [\d,]+ machine).)*",
    "sum": rf"(?:[A-Z]{{3,5}} )?{_FIGURE}",
    "where": "(?: (?:at|in) .*|in|into these accounts)?",
    "transactions": r"[\d,]+ transactions?",
    "within": rf"(?:on {_DAY}|within {_LONG}|{_FIGURE})",
}


_COUNTED = rf"{_FIGURE} other accounts?"
_INSIDE = {"kinds": r"(?:(?! and [\d,]+ more).)*", "more": r"(?: and [\d,]+ more patterns?)?"}
_HAVE = (
    "{subject}{others} have an address ({place}) that {near} companies have; they moved {amount} between them, in "
    "{transactions} within {span}."
)
_ONE = r"(?:(?!\); ).)*"  # of the files that were not read; the next begins behind the semicolon
_LEFT = (
    "is empty", "has a password", "is an archive in an archive: those are not opened", "is a workbook",
    "holds an archive: archives in archives are not opened", "has a password, or is an old workbook under a new name",
    "cannot be read: {damage}", "damaged: {damage}", "is not a file", "nobody knows its format",
    "nobody knows their format",
)  # fmt: skip
UNREAD = tuple(f"{{names}} ({why})" for why in _LEFT)
"""Files that were not read, each with the reason."""
_CORRIDOR = (
    "{amount}, {now} of what {subject} paid from {begin} to {end}, went to {countries}, in {transactions}, against "
    "{before} {past}."
)
_IN: dict[str, dict[str, str]] = {
    **{text: {"names": _ONE, "damage": _ONE} for text in UNREAD},
    "{files}: {described}": {"files": "[^:]*"},
    "{name}: statement {called} of {account}": {"account": "[^:]*"},
    "{name}: a statement of {account}": {"account": "[^:]*"},
    "statement {called} of {account}": {"account": "[^:]*"},
    "a statement of {account}": {"account": "[^:]*"},
    "{named} of the {said}": {"named": _FIGURE, "said": _FIGURE},
    "{who} was {a}": {"a": _FIGURE},
    "{found} in {towns}": {"found": r" at [\d,]+ machines? or counters?"},
    "{group} accounts": {"group": r"\w+"},
    "{accounts} accounts": {"accounts": _FIGURE},
    "{kind} account": {"kind": r"\w+"},
    "{what} at {bank}": {"what": r"(?:\w+ )?account|wallet"},
    "{first} and {others}": {"others": _COUNTED},
    "{names} and {names2} more": {"names2": _FIGURE},
    "{over} of {hit}": {"over": rf"{_FIGURE} accounts?"},
    "{label} and {many} others": {"many": _FIGURE},
    "{name}: {said}.": {"name": "[a-z_]+"},
    "{name}: {missing} not examined, because {why}.": {"name": "[a-z_]+", "missing": rf"{_FIGURE} cash deposits?"},
    "{place} ({on})": {"place": "[A-Z]{2}", "on": "FATF .*"},
    "{who} {sum} before": {"sum": _MONEY},
    "what no bank lent is {many} {what}": {"many": rf"(?:{_FIGURE} times|more than any multiple of)"},
    " {findings} finding inside: {kinds}{more}.": _INSIDE,
    " {findings} findings inside: {kinds}{more}.": _INSIDE,
    _CORRIDOR: {"before": rf"{_FIGURE} %"},
    _HAVE: {"subject": "(?:(?! and )[^,])+", "others": "(?:, | and ).+"},
    "{sums} is": {"sums": rf"{_MONEY}(?:(?:, | and ){_MONEY})*"},
    "{sums} are": {"sums": rf"{_MONEY}(?:(?:, | and ){_MONEY})*"},
}
"""Of texts with few words of their own, what their gaps hold: they must not fit other texts."""


def shape(text: str, gap: str, least: str) -> str:
    """A pattern for what can stand in a gap of a text; `least` is "?" to take as little as can be."""
    own = _IN.get(text, {}).get(gap) or _SHAPES.get(gap)
    if own is None:
        return f".*{least}"
    return f"{own}{least}" if gap == "subject" else own
