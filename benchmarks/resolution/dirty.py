"""A register, and holders of accounts of whom most are in it, their names written down by somebody in a hurry.

Words are drawn by Zipf's law, so that some names are borne by thousands and a few words are in every tenth name. Of the
holders, `IN_REGISTER` are a row of the register with another identifier: a slip of the pen or two, words in another
order, the legal form left out, spelled otherwise or (rarely) another one, the postcode there for 60 %, the year of
founding or day of birth for 30 %, a register number for 5 %. The others are in no register.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import polars as pl

IN_REGISTER = 0.6
_PERSONS = 0.3
_COUNTRIES = ("DE", "ES", "FR", "GB", "IT", "NL")
_FORMS = {
    "DE": (("GmbH", "Gesellschaft mit beschränkter Haftung"), ("AG",), ("GmbH & Co. KG",), ("UG",)),
    "ES": (("S.L.", "SL", "Sociedad Limitada"), ("S.A.", "SA"), ("SLU",)),
    "FR": (("SARL", "S.A.R.L."), ("SAS", "S.A.S."), ("SA", "S.A."), ("SCI",)),
    "GB": (("Ltd", "Limited", "LTD."), ("PLC", "plc"), ("LLP", "L.L.P."), ("LP",)),
    "IT": (("S.r.l.", "SRL"), ("S.p.A.", "SPA"), ("SNC",)),
    "NL": (("B.V.", "BV"), ("N.V.", "NV"), ("VOF",)),
}
_WORDS = """
construction trading holding services consulting transport logistics international group invest management import
export solutions property foods energy systems marine capital partners technology engineering design general building
works supply travel media health clinic garage auto bakery restaurant cleaning security events steel timber textile
fashion garden studio global euro north south west east new first alpha delta city port
"""
_GENERIC = tuple(_WORDS.split())
_START = "b br c ch d dr f fr g gr h j k kl l m n p pr r s sch st t tr v w z".split()  # noqa: SIM905
_VOWEL = "a e i o u ai ei ou ia".split()  # noqa: SIM905
_END = ["", "", "", "n", "r", "s", "l", "m", "nd", "rt", "x"]


@dataclass(frozen=True)
class Dirty:
    """A folder with `sources` (Parquet) and `truth.parquet` (holder, party: pairs that are the same)."""

    folder: Path

    @property
    def truth(self) -> pl.DataFrame:
        """Which holder is which party of the register."""
        import polars as pl

        return pl.read_parquet(self.folder / "truth.parquet")


def dirty(folder: Path, holders: int, register: int, seed: int) -> Dirty:
    """Generate it where it is not there yet; the same sizes and seed give the same rows."""
    world = Dirty(folder / f"{holders}-{register}-{seed}")
    if not world.folder.exists():
        making = folder / f".{world.folder.name}"
        (making / "sources").mkdir(parents=True, exist_ok=True)
        for name, frame in _drawn(holders, register, np.random.default_rng(seed)).items():
            place = making if name == "truth" else making / "sources"
            frame.write_parquet(place / f"{name}.parquet")
        making.rename(world.folder)
    return world


def _drawn(holders: int, register: int, rng: Any) -> dict[str, pl.DataFrame]:
    import polars as pl

    known = int(holders * IN_REGISTER)
    every = _parties(register + holders - known, rng)
    listed = {name: column[:register] for name, column in every.items()}
    of = rng.choice(register, known, replace=False)
    copies = _in_a_hurry({name: [listed[name][i] for i in of] for name in listed}, rng)
    strangers = {name: column[register:] for name, column in every.items()}
    others = _in_a_hurry(strangers, rng)
    held = {name: copies[name] + others[name] for name in copies}
    order = rng.permutation(holders)
    ids = np.empty(holders, np.int64)
    ids[order] = np.arange(holders)
    truth = pl.DataFrame({"holder": [f"h{i}" for i in ids[:known]], "party": [f"r{i}" for i in of]})
    there = pl.DataFrame(listed).with_columns(pl.Series("id", [f"r{i}" for i in range(register)]))
    here = pl.DataFrame(held).with_columns(pl.Series("id", [f"h{i}" for i in ids])).sort("id")
    both = pl.concat([there, here], how="vertical_relaxed")
    founded = pl.from_epoch(pl.col("founded"), "d")
    parties = both.select("id", "kind", "name", "country", founded, "register_number")
    addresses = both.drop_nulls("postcode").select(pl.col("id").alias("party"), "postcode", "country")
    accounts = here.select(("a" + pl.col("id")).alias("id"), pl.col("id").alias("holder"))
    return {"parties": parties, "addresses": addresses, "accounts": accounts, "truth": truth}


def _zipf(rng: Any, size: int, words: int, exponent: float) -> Any:
    weight = 1 / np.arange(1, words + 1) ** exponent
    return np.searchsorted(np.cumsum(weight / weight.sum()), rng.random(size)).clip(max=words - 1)


def _vocabulary(rng: Any, size: int, syllables: tuple[int, int]) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < size:
        parts = rng.integers(*syllables)
        word = "".join(_START[a] + _VOWEL[b] + _END[c] for a, b, c in zip(
            rng.integers(len(_START), size=parts), rng.integers(len(_VOWEL), size=parts),
            rng.integers(len(_END), size=parts), strict=True))  # fmt: skip
        found[word] = None
    return list(found)


def _parties(size: int, rng: Any) -> dict[str, list[Any]]:
    proper = _vocabulary(rng, max(2_000, size // 8), (2, 4))
    first, last = _vocabulary(rng, 1_500, (1, 3)), _vocabulary(rng, max(2_000, size // 40), (2, 4))
    person = rng.random(size) < _PERSONS
    country = rng.integers(len(_COUNTRIES), size=size)
    own, generic, other = (
        _zipf(rng, size, len(proper), 0.8),
        _zipf(rng, size, len(_GENERIC), 0.9),
        _zipf(rng, size, len(_GENERIC), 0.7),
    )
    given, family, second = (
        _zipf(rng, size, len(first), 0.8),
        _zipf(rng, size, len(last), 0.7),
        _zipf(rng, size, len(last), 0.7),
    )
    shape, pick = rng.random(size), rng.random(size)
    names: list[str] = []
    for i in range(size):
        if person[i]:
            middle = f" {last[second[i]]}" if country[i] == 1 else ""
            names.append(f"{first[given[i]]} {last[family[i]]}{middle}".title())
            continue
        words = [_GENERIC[generic[i]], _GENERIC[other[i]]]
        if shape[i] < 0.93:  # the others have only words that everybody uses
            words = [proper[own[i]], *words[: 1 if shape[i] < 0.7 else 2]]
        forms = _FORMS[_COUNTRIES[country[i]]]
        names.append(f"{' '.join(words).title()} {forms[int(pick[i] ** 2 * len(forms))][0]}")
    postcode = _zipf(rng, size, 8_000, 0.4)
    days = rng.integers(-12_000, 19_000, size)
    number = rng.permutation(size) + 10_000_019
    return {
        "name": names,
        "kind": ["person" if p else "company" for p in person],
        "country": [_COUNTRIES[c] for c in country],
        "postcode": [f"{c}{p:05}" for c, p in zip(country, postcode, strict=True)],
        "founded": days.tolist(),
        "register_number": [None if p else f"X{n}" for p, n in zip(person, number, strict=True)],
    }


def _in_a_hurry(rows: dict[str, list[Any]], rng: Any) -> dict[str, list[Any]]:
    size = len(rows["name"])
    chance = rng.random((7, size))
    return {
        "name": [
            _written(name, kind, country, rng)
            for name, kind, country in zip(rows["name"], rows["kind"], rows["country"], strict=True)
        ],
        "kind": [k if c < 0.8 else "unknown" for k, c in zip(rows["kind"], chance[0], strict=True)],
        "country": [v if c < 0.9 else None for v, c in zip(rows["country"], chance[1], strict=True)],
        "postcode": [
            None if c > 0.6 else v if c > 0.04 else f"9{int(c * 1e6):05}"
            for v, c in zip(rows["postcode"], chance[2], strict=True)
        ],
        "founded": [
            None if c > 0.3 else v if c > 0.02 else v + int(c * 1e6) % 900
            for v, c in zip(rows["founded"], chance[3], strict=True)
        ],
        "register_number": [v if c < 0.05 else None for v, c in zip(rows["register_number"], chance[4], strict=True)],
    }


def _written(name: str, kind: str, country: str, rng: Any) -> str:
    """The name as somebody in a hurry writes it."""
    words, form = (name.split(" "), "") if kind == "person" else _split(name, country)
    luck = rng.random(6)
    if form:
        forms = _FORMS[country]
        same = next(f for f in forms if form in f)
        form = "" if luck[0] < 0.2 else same[int(luck[1] * len(same))]
        if luck[0] > 0.95:
            form = forms[int(luck[1] * len(forms))][0]
    if luck[2] < 0.12 and len(words) > 1:
        words = words[1:] + words[:1]
    if luck[3] < 0.06 and len(words) > 2:
        words = words[:-1]
    for _ in range(0 if luck[4] < 0.55 else 1 if luck[4] < 0.9 else 2):
        at = int(rng.integers(len(words)))
        words[at] = _slipped(words[at], rng)
    text = f"{' '.join(words)} {form}".strip()
    return text.upper() if luck[5] < 0.4 else text.lower() if luck[5] < 0.5 else text


def _split(name: str, country: str) -> tuple[list[str], str]:
    form = max((f[0] for f in _FORMS[country] if name.endswith(f" {f[0]}")), key=len)
    return name[: -len(form) - 1].split(" "), form


def _slipped(word: str, rng: Any) -> str:
    """One letter left out, doubled, wrong, or two swapped."""
    at, what = int(rng.integers(len(word))), int(rng.integers(4))
    if what == 0 and len(word) > 2:
        return word[:at] + word[at + 1 :]
    if what == 1:
        return word[: at + 1] + word[at:]
    if what == 2:
        return word[:at] + "abcdefghijklmnoprstuvwz"[int(rng.integers(23))] + word[at + 1 :]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
