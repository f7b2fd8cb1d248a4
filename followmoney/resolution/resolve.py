"""`resolve`: which parties of a ledger are the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from followmoney.errors import SettingsError, unknown
from followmoney.ledger import Ledger
from followmoney.resolution._blocks import blocks, candidates
from followmoney.resolution._cards import Cards, cards, columns
from followmoney.resolution._clusters import Pair, clusters
from followmoney.resolution._score import Scored, score, together, worth_a_look
from followmoney.resolution._table import table
from followmoney.resolution._traits import traits
from followmoney.resolution.decisions import Decision, checked, decisions
from followmoney.resolution.resolution import Resolution
from followmoney.resolution.weights import Weights

Who = Literal["all", "holders"]


def resolve(
    ledger: Ledger,
    given: str | Path | Iterable[Decision] = (),
    *,
    weights: Weights | str | Path | None = None,
    who: Who = "all",
) -> Resolution:
    """Say which parties are the same, which may be, and why: by identifiers, then by names and what goes with them.

    Parties that share something few others do (an identifier, a word of the name, the beginnings of two words, a
    postcode and the beginning of a word …) are compared field by field. Each field that agrees or differs has a weight
    in bits, log2 of how much more often that happens between two rows of one party than between two parties; a name
    weighs less the more parties bear one like it, and more the fewer would bear it by chance. The sum decides: `same`,
    `review` (for a person to look at) or `different`. Whatever the sum, two parties are left to a person, never merged,
    where their legal forms, kinds, years of founding or birth, valid identifiers or the numbers in their names differ
    ("LP" is not "LLP"), or where nothing but an account joins unlike names; and so is a cluster of pairs that would
    join two such parties. Two parties whose names are unlike are not listed at all, unless they share an identifier, an
    account or the day of birth or founding; nor are two that have different numbers in one register (LEIs, VAT numbers)
    unless all words of their names, or another such identifier, are the same. What a person decided is kept.

    The order of rows and the identifiers of parties change nothing. A party that has nothing to do with two others
    changes what is said of them only by how many parties there are and bear their words.

    Args:
        ledger: Its parties, addresses and accounts are used; it is not changed (see `Resolution.apply`).
        given: A file of decisions, or decisions.
        weights: Weights, or a file of them; none given: the defaults of followmoney.
        who: `holders` compares those who hold an account with all parties; two others are not compared.

    Cost: about 10 µs of CPU time a party and 1 µs a pair compared; usually 30 to 60 pairs a party asked for. Pairs are
    compared some 100,000 at a time, so that memory grows with the parties, not with the pairs.

    Source: Fellegi and Sunter (1969) for the weights.

    Raises:
        SettingsError: Weights or decisions that make no sense.
        InputError: A file that cannot be read.
    """
    if who not in get_args(Who):
        raise SettingsError(unknown("choice of who", who, get_args(Who)))
    told = decisions(given) if isinstance(given, str | Path) else checked(given)
    chosen = weights if isinstance(weights, Weights) else Weights.from_toml(weights) if weights else Weights.default()
    known = cards(ledger, holders=who == "holders")
    by_pair, strange = _by_pair(told, known)
    scored = _with(known, _found(known, chosen), list(by_pair), chosen)
    decided = {at: by_pair[pair] for at, pair in _places(scored, by_pair)}
    automatic = scored.joined(chosen)
    automatic[list(decided)] = False
    same = [pair for pair, given_ in by_pair.items() if any(d.same for d in given_)]
    apart = [pair for pair, given_ in by_pair.items() if not all(d.same for d in given_)]
    groups = clusters(len(known), (scored.left[automatic], scored.right[automatic]), same, apart, traits(known))
    held = np.zeros(len(automatic), bool)
    held[np.flatnonzero(automatic)[groups.held]] = True
    pairs = table(
        known,
        scored,
        written=columns(ledger, "parties", "name")["name"],
        same=automatic & ~held,
        held=held,
        decided=decided,
        roots=groups.of,
    )
    return Resolution(ledger, known, chosen, pairs, groups, told, strange)


def _by_pair(told: Iterable[Decision], known: Cards) -> tuple[dict[Pair, list[Decision]], tuple[Decision, ...]]:
    """Decisions by the numbers of their parties (smaller first), and those about parties that are not here."""
    names = {name for d in told for name in (d.left, d.right)}
    places = known.ids.to_frame("id").with_row_index("at").filter(known.ids.is_in(sorted(names)))
    at: dict[str, int] = {name: number for number, name in places.iter_rows()}
    found: dict[Pair, list[Decision]] = {}
    strange: list[Decision] = []
    for decision in sorted(told, key=lambda d: (min(d.left, d.right), max(d.left, d.right), d.when, d.who, d.why)):
        if decision.left in at and decision.right in at:
            one, other = sorted((at[decision.left], at[decision.right]))
            found.setdefault((one, other), []).append(decision)
        else:
            strange.append(decision)
    return dict(sorted(found.items())), tuple(strange)


def _found(known: Cards, weights: Weights) -> Scored:
    """Every pair worth a look, in order."""
    groups = blocks(known, weights.most)
    found = (score(known, *pair, weights, weights.review) for pair in candidates(known, groups))
    return together([worth_a_look(known, part) for part in found])


def _with(known: Cards, found: Scored, pairs: list[Pair], weights: Weights) -> Scored:
    """Also the pairs that were decided, wherever their weight stands."""
    there = {pair for _, pair in _places(found, pairs)}
    more = np.array([pair for pair in pairs if pair not in there], np.uint32).reshape(-1, 2)
    return together([found, score(known, more[:, 0], more[:, 1], weights)])


def _places(scored: Scored, pairs: Iterable[Pair]) -> list[tuple[int, Pair]]:
    """Where pairs stand, as far as they are there."""
    wanted = {(a << 32) | b: (a, b) for a, b in pairs}
    keys = (scored.left.astype(np.int64) << 32) | scored.right.astype(np.int64)
    at = np.flatnonzero(np.isin(keys, np.array(list(wanted), np.int64)))
    return [(int(place), wanted[int(keys[place])]) for place in at]
