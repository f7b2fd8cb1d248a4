"""Who is on an ownership chart: whoever stands above the party, whatever stands below it, and the interests between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from followmoney.errors import SettingsError, unknown
from followmoney.languages import mark, say
from followmoney.reports._codes import code
from followmoney.reports._labels import printable
from followmoney.schema.codes import money

if TYPE_CHECKING:
    from followmoney.ledger import Ledger

PERSON, ASSET, UNKNOWN = "person", "asset", "unknown"
_NOT_KNOWN = mark("kind not known")
_KINDS = {
    PERSON: mark("natural person"), "company": mark("company"), "trust": mark("trust"),
    "public body": mark("public body"),
}  # fmt: skip
_RIGHTS = {
    "votingRights": mark("votes"), "appointmentOfBoard": mark("appoints the board"),
    "otherInfluenceOrControl": mark("controls"),
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A party or an asset on the chart."""

    key: str
    kind: str
    name: str
    detail: str
    subject: bool = False


@dataclass(frozen=True)
class Holding:
    """Who has what in whom; `weight` keeps the larger share pointing down where holdings go round in a circle."""

    owner: str
    owned: str
    said: str
    weight: int
    firm: bool
    """False for roles, and for interests that have ended."""


@dataclass(frozen=True)
class Chart:
    """What is drawn, the rows behind it, and how much there was."""

    cards: tuple[Card, ...]
    holdings: tuple[Holding, ...]
    rows: tuple[dict[str, Any], ...]
    interests: int
    """Interests within reach, drawn or not."""
    drawn: int
    beyond: int
    """Parties within reach that are not drawn."""


def party(ledger: Ledger, given: str) -> str:
    """The identifier of a party given by identifier or by its exact name.

    Raises:
        SettingsError: Nobody is called so, or several are.
    """
    parties = ledger.parties
    if parties["id"].index_of(given) is not None if len(parties) else False:
        return given
    named = sorted(i for i, n in parties.select("id", "name").iter_rows() if n == given)
    if len(named) == 1:
        return named[0]
    if named:
        raise SettingsError(
            f"{len(named)} parties are called {given!r}; give one of their identifiers: {', '.join(named)}."
        )
    raise SettingsError(
        unknown("party", given, [*parties["id"].head(5_000), *parties["name"].drop_nulls().head(5_000)])
    )


def chart(ledger: Ledger, subject: str, most: int) -> Chart:
    """The chart of one party: owners of owners upwards, what it owns downwards, the nearest `most` parties."""
    interests = ledger.interests.sort("owned", "owner", "kind", "source", "row").to_dicts()
    order = _near(subject, interests)
    kept = set(order[:most])
    within = [r for r in interests if r["owner"] in set(order) and r["owned"] in set(order)]
    drawn = [r for r in within if r["owner"] in kept and r["owned"] in kept]
    parties = {p["id"]: p for p in ledger.parties.iter_rows(named=True)}
    roles = [r for r in ledger["roles"].sort("party", "of", "kind", "source", "row").to_dicts() if r["of"] == subject]
    things = [a for a in ledger.assets.sort("id").to_dicts() if a["holder"] == subject]
    keys = dict.fromkeys([*order[:most], *(r["party"] for r in roles)])
    cards = [_card(k, parties.get(k, {}), subject=k == subject) for k in keys]
    cards += [Card(f"{ASSET}|{a['id']}", ASSET, printable(a["description"] or a["id"]), _worth(a)) for a in things]
    holdings = (
        _merged(drawn)
        + _roles(roles, subject)
        + [Holding(subject, f"{ASSET}|{a['id']}", say("holds"), 1, firm=True) for a in things]
    )
    return Chart(
        tuple(cards), tuple(holdings), (*drawn, *roles, *things), len(within), len(drawn), len(order) - len(kept)
    )


def _near(subject: str, interests: Sequence[dict[str, Any]]) -> list[str]:
    """The party, then those above and below it, nearest first; circles end where they began."""
    ways: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for row in interests:
        ways[0].setdefault(row["owned"], []).append(row["owner"])
        ways[1].setdefault(row["owner"], []).append(row["owned"])
    step = {subject: 0}
    for way in ways:
        seen, now, distance = {subject}, [subject], 0
        while now:
            distance += 1
            now = sorted({n for p in now for n in way.get(p, ())} - seen)
            seen |= set(now)
            for key in now:
                step[key] = min(step.get(key, distance), distance)
    return sorted(step, key=lambda k: (step[k], k))


def _card(key: str, row: dict[str, Any], *, subject: bool) -> Card:
    kind = row.get("kind") or UNKNOWN
    words = (row.get("country"), say(_KINDS.get(kind, _NOT_KNOWN)))
    return Card(key, kind, printable(row.get("name") or key), " · ".join(w for w in words if w), subject)


def _worth(asset: dict[str, Any]) -> str:
    kind = code(asset["kind"])
    return (
        kind
        if asset["value"] is None or not asset["currency"]
        else f"{kind} · {money(asset['value'], asset['currency'])}"
    )


def _merged(rows: Iterable[dict[str, Any]]) -> list[Holding]:
    pairs: dict[tuple[str, str, bool], list[dict[str, Any]]] = {}
    for row in rows:
        pairs.setdefault((row["owner"], row["owned"], row["end"] is None), []).append(row)
    found = list[Holding]()
    for (owner, owned, firm), several in pairs.items():
        said = " + ".join(dict.fromkeys(_said(r) for r in several))
        weight = max(round((r["share_max"] or 0.0) * 10_000) for r in several)
        found.append(Holding(owner, owned, said, weight, firm))
    return found


def _roles(roles: Iterable[dict[str, Any]], subject: str) -> list[Holding]:
    pairs: dict[str, list[str]] = {}
    for role in roles:
        kind = code(role["kind"])
        said = say("{right} until {day}", right=kind, day=role["end"]) if role["end"] else kind
        pairs.setdefault(role["party"], []).append(said)
    return [Holding(p, subject, " + ".join(dict.fromkeys(its)), 1, firm=False) for p, its in pairs.items()]


def _said(row: dict[str, Any]) -> str:
    low, high = row["share_min"], row["share_max"]
    known: list[float] = [s for s in (low, high) if s is not None]
    if not known:
        share = say("share not stated") if row["kind"] == "shareholding" else ""
    elif min(known) == max(known):
        share = f"{_percent(known[0])}%"
    else:
        share = f"{_percent(low)}–{_percent(high)}%"
    other = "" if row["kind"] == "shareholding" else re.sub("(?=[A-Z])", " ", row["kind"]).lower()
    right = " ".join(w for w in (say(_RIGHTS.get(row["kind"], other)), share) if w)
    if not row["end"]:
        return right
    return say("{right} until {day}", right=right, day=row["end"]) if right else say("until {day}", day=row["end"])


def _percent(share: float) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".")
