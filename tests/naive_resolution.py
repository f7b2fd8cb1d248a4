"""Who is who, in plain Python: the same rules, one pair of dictionaries at a time."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations
from typing import Any

from rapidfuzz.distance import Indel

from followmoney.resolution import Weights
from followmoney.resolution._names import parted

Party = dict[str, Any]
Counts = tuple[Counter[str], Counter[str], int]  # parties a name, parties a word, parties


def people(ledger: Any) -> dict[str, Party]:
    """Every party with what is compared; names and identifiers are taken apart as the package does."""
    import polars as pl

    from followmoney.resolution._identifiers import usable

    parties = ledger.parties
    names = parted(
        parties.select(
            pl.col("name").fill_null(""),
            (pl.col("kind").cast(pl.String) == "person").fill_null(value=False).alias("person"),
            "country",
        )
    )
    found = {}
    for row, name, known in zip(
        parties.iter_rows(named=True), names.iter_rows(named=True), usable(parties).iter_rows(named=True), strict=True
    ):
        kind = None if row["kind"] in {None, "unknown"} else str(row["kind"])
        found[row["id"]] = {
            **name,
            **known,
            "person": kind == "person",
            "country": row["country"],
            "kind": kind,
            "founded": row["founded"],
            "postcodes": set(),
            "words_set": set(name["words"].split()),
        }
    for party, postcode in ledger["addresses"].select("party", "postcode").drop_nulls().iter_rows():
        clean = "".join(c for c in postcode.upper() if c.isascii() and c.isalnum())
        if clean and party in found:
            found[party]["postcodes"].add(clean)
    return found


def keys(party: Party) -> set[tuple[Any, ...]]:
    """Whatever may bring a party together with others."""
    words = sorted(party["words_set"])
    found: set[tuple[Any, ...]] = {(n, party[n]) for n in ("lei", "register_number", "vat") if party[n]}
    split: set[tuple[Any, ...]] = {("name", party["words"])} if words else set()
    found |= {("word", w) for w in words}
    for one, other in combinations(words, 2):
        found.add(("two words", one, other))
        split.add(("two beginnings", *sorted((one[:4], other[:4]))))
        split.add(("two endings", *sorted((one[-4:], other[-4:]))))
    found |= split
    if party["country"]:
        found |= {(*key, party["country"]) for key in split}
        if party["form"]:
            found |= {(*key, party["country"], party["form"]) for key in split}
    found |= {("postcode", p, w[:3]) for p in party["postcodes"] for w in words}
    found |= {("day", party["founded"], w[:3]) for w in words if party["founded"]}
    return found


def candidates(known: dict[str, Party], most: int) -> set[tuple[str, str]]:
    """Pairs that share a key which 2 to `most` parties have."""
    groups: dict[Any, list[str]] = {}
    for name, party in known.items():
        for key in keys(party):
            groups.setdefault(key, []).append(name)
    return {(min(pair), max(pair)) for g in groups.values() if 2 <= len(g) <= most for pair in combinations(g, 2)}


def outcomes(ledger: Any, weights: Weights) -> dict[tuple[str, str], tuple[float, bool]]:
    """Every pair worth a look: its weight, and whether it may be merged as far as the pair alone goes."""
    known = people(ledger)
    bearers = Counter(p["words"] for p in known.values())
    spread = Counter(w for p in known.values() for w in p["words_set"])
    found = {}
    for left, right in candidates(known, weights.most):
        cents, differs, named, likely = _compared(known[left], known[right], (bearers, spread, len(known)), weights)
        sure = any(known[left][n] and known[left][n] == known[right][n] for n in ("lei", "register_number", "vat"))
        day = known[left]["founded"] and known[left]["founded"] == known[right]["founded"]
        two = any(_two(known[left][n], known[right][n]) for n in ("lei", "register_number", "vat"))
        two = two and not sure and _likeness(known[left], known[right], weights) != "same"
        if cents / 100 >= weights.review and (likely or sure or day) and not two:
            found[left, right] = (cents / 100, cents / 100 >= weights.same and not differs and (named or sure))
    return found


def _two(one: str | None, other: str | None) -> bool:
    """Two identifiers of one register (a LEI has no country before it)."""
    return bool(one and other and one != other and (":" not in one or one.split(":")[0] == other.split(":")[0]))


def _compared(a: Party, b: Party, counts: Counts, weights: Weights) -> tuple[int, bool, bool, bool]:
    cents, differs = 0, False

    def say(field: str, level: str) -> None:
        nonlocal cents
        cents += round(weights.weight(field, level) * 100)

    if a["words"] and b["words"] and not (a["person"] or b["person"]) and a["numbers"] != b["numbers"]:
        say("number", "differs")
        differs = True
    if a["kind"] and b["kind"] and a["kind"] != b["kind"]:
        say("kind", "differs")
        differs = True
    for field, column in (("legal_form", "form"), ("country", "country"), ("lei", "lei")):
        if a[column] and b[column]:
            say(field, "same" if a[column] == b[column] else "differs")
            differs |= field != "country" and a[column] != b[column]
    for field in ("register_number", "vat"):
        if a[field] and b[field] and a[field].split(":")[0] == b[field].split(":")[0]:
            say(field, "same" if a[field] == b[field] else "differs")
            differs |= a[field] != b[field]
    if a["postcodes"] and b["postcodes"]:
        say("postcode", "same" if a["postcodes"] & b["postcodes"] else "differs")
    if a["founded"] and b["founded"]:
        year = a["founded"].year == b["founded"].year
        say("founded", "same" if a["founded"] == b["founded"] else "year" if year else "differs")
        differs |= not year
    level = _likeness(a, b, weights)
    if level:
        say("name", level)
    cents += _rarity(a, b, level, counts, weights)
    return cents, differs, level in {"same", "near", "alike"}, level not in {"", "unlike"}


def _likeness(a: Party, b: Party, weights: Weights) -> str:
    if not a["words"] or not b["words"]:
        return ""
    if a["words"] == b["words"]:
        return "same"
    ratio = max(Indel.normalized_similarity(a[n], b[n]) for n in ("words", "base"))
    for level in ("near", "alike", "loose"):
        if round(ratio, 9) >= weights.levels["name"][level].at_least:
            return level
    return "part" if a["words_set"] <= b["words_set"] or b["words_set"] <= a["words_set"] else "unlike"


def _rarity(a: Party, b: Party, level: str, counts: Counts, weights: Weights) -> int:
    bearers, spread, size = counts
    everyone = math.log2(max(2, size))
    if level in {"", "unlike"}:
        return -round(everyone * 100)

    def bits(words: set[str]) -> float:
        return sum(math.log2(size / spread[w]) for w in sorted(words))

    if level == "same":
        many = math.log2(max(1, bearers[a["words"]] - 1))
    else:
        many = min(everyone, max(0.0, everyone - min(bits(p["words_set"]) for p in (a, b))))
    if many or level not in {"same", "near"}:
        return -round(many * 100)
    both, alone, there = (a["words_set"] & b["words_set"], a["words_set"] - b["words_set"],
                          b["words_set"] - a["words_set"])  # fmt: skip
    chance = min(0.0, everyone - bits(both) - min(6.0, bits(alone), bits(there)))
    return -round(chance * (weights.rare_person if a["person"] or b["person"] else weights.rare) * 100)
