"""What agreement and difference are worth: shown, with their source, and open to change in a TOML file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.errors import SettingsError, unknown

if TYPE_CHECKING:
    import polars as pl

_NUMBERS = ("same", "review", "most")
_SHARES = ("rare", "rare_person")


@dataclass(frozen=True)
class Level:
    """How two rows of the same party, and of different ones, come out in one field."""

    m: float
    """Share of pairs of the same party that come out so, above 0 to 1."""
    u: float
    """Share of pairs of different parties that come out so, above 0 to 1."""
    at_least: float = 0.0
    """Of a name: from this likeness on (0 to 1)."""

    @property
    def weight(self) -> float:
        """log2(m / u), in bits, to two decimals: above 0 speaks for the same party, below for different ones."""
        return round(math.log2(self.m / self.u), 2)


@dataclass(frozen=True)
class Weights:
    """Weights of every field and outcome, and from which sum on two rows are the same party or worth a look.

    Source: Fellegi and Sunter, A Theory for Record Linkage, JASA 64 (1969), for the form; the figures are defaults of
    followmoney (`source` says where from). `Weights.from_toml(path)` changes some or all.
    """

    levels: Mapping[str, Mapping[str, Level]]
    same: float
    """From this sum of weights on, two rows are the same party."""
    review: float
    """From this sum on they are for a person to look at; below they are different."""
    most: int
    """Whatever more parties than this share makes nobody a candidate."""
    source: str
    rare: float = 0.0
    """Share (0 to 1) of the bits by which a name is rarer than one in all parties that speaks for the pair."""
    rare_person: float = 0.0
    """The same where one of them is a person."""

    @classmethod
    def default(cls) -> Weights:
        """The weights of followmoney."""
        return _made(_defaults(), "the default weights")

    @classmethod
    def from_toml(cls, path: str | Path) -> Weights:
        """Weights of a file; what it does not say keeps its default.

        Raises:
            SettingsError: The file cannot be read, or says something we do not know.
        """
        try:
            content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise SettingsError(f"Cannot read {path}: {error.strerror}. Check the path.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise SettingsError(f"{path} is not a TOML file: {error}.") from None
        content.setdefault("source", str(path))
        return _made(_over(_defaults(), content, str(path)), str(path))

    def weight(self, field: str, level: str) -> float:
        """The weight of one outcome in bits; 0 where the field has no such outcome."""
        found = self.levels[field].get(level)
        return found.weight if found else 0.0

    def table(self) -> pl.DataFrame:
        """Every weight as a row: field, level, m, u, weight, source."""
        import polars as pl

        rows = [(f, n, x.m, x.u, x.weight, self.source) for f, of in self.levels.items() for n, x in of.items()]
        columns = {"field": pl.String, "level": pl.String, "m": pl.Float64, "u": pl.Float64, "weight": pl.Float64,
                   "source": pl.String}  # fmt: skip
        return pl.DataFrame(rows, schema=columns, orient="row")


@cache
def _text() -> str:
    return (files(__package__ or "followmoney.resolution") / "weights.toml").read_text(encoding="utf-8")


def _defaults() -> dict[str, Any]:
    return tomllib.loads(_text())


def _over(known: dict[str, Any], given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The known tables with what is given put over; a key nobody knows is an error."""
    for name, value in given.items():
        if name not in known:
            raise SettingsError(f"{where}: {unknown('key', name, known)}")
        if isinstance(known[name], dict):
            if not isinstance(value, Mapping):
                raise SettingsError(f"{where}: {name} is {value!r}, but must be a table.")
            _over(known[name], value, f"{where}: {name}")  # pyright: ignore[reportUnknownArgumentType]
        else:
            known[name] = value
    return known


def _made(content: Mapping[str, Any], where: str) -> Weights:
    tables: dict[str, dict[str, Any]] = {n: v for n, v in content.items() if isinstance(v, dict)}
    levels = {f: {n: _level(v, f"{where}: {f}.{n}") for n, v in of.items()} for f, of in tables.items()}
    same, review, most = (_number(content[name], f"{where}: {name}") for name in _NUMBERS)
    if review > same:
        raise SettingsError(f"{where}: review ({review:g}) must not be above same ({same:g}).")
    if most < 2 or most != int(most):  # noqa: PLR2004
        raise SettingsError(f"{where}: most is {most:g}, but must be a whole number of at least 2.")
    rare, rare_person = (_number(content[name], f"{where}: {name}") for name in _SHARES)
    for name, value in zip(_SHARES, (rare, rare_person), strict=True):
        if not 0 <= value <= 1:
            raise SettingsError(f"{where}: {name} is {value:g}, but must be a share from 0 to 1.")
    return Weights(levels, same, review, int(most), str(content["source"]), rare, rare_person)


def _level(given: Mapping[str, Any], where: str) -> Level:
    numbers = {name: _number(value, f"{where}.{name}") for name, value in given.items()}
    if wrong := [name for name, value in numbers.items() if not 0 < value <= 1]:
        raise SettingsError(f"{where}.{wrong[0]} is {numbers[wrong[0]]:g}, but must be a share above 0, at most 1.")
    return Level(**numbers)


def _number(value: Any, where: str) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise SettingsError(f"{where} is {value!r}, but must be a number.")
    return float(value)
