"""`Method`: what every community method is: options with their sources, and groups from ties."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from followmoney.errors import SettingsError, unknown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.communities._ties import Ties

T = TypeVar("T")

OURS = "followmoney default"
"""The source of a number that no authority gives."""

WEIGHS = (
    "What a tie weighs by: the amount moved, the number of transactions, or that number halved for every 30 days "
    "since the last of them."
)


def option(default: T, meaning: str, *, unit: str = "", source: str = OURS) -> T:
    """An option as a dataclass field; its metadata feed the help text and the report."""
    return field(default=default, metadata={"help": meaning, "unit": unit, "source": source})


@dataclass(frozen=True, kw_only=True)
class Method(ABC):
    """A way to say who moves money together.

    A subclass in a file of this folder is found by `catalogue()`; its fields are its options. It only groups: sums,
    dates and sentences are made from the groups in one place.
    """

    @property
    def name(self) -> str:
        """Its name: that of its file."""
        return type(self).__module__.rpartition(".")[2]

    @abstractmethod
    def groups(self, ties: Ties) -> NDArray[np.int64]:
        """The group of every vertex, any numbers; a vertex without ties is alone in its group."""

    def levels(self, ties: Ties) -> list[NDArray[np.int64]]:
        """Groups at every level, the smallest first; a group of one level lies whole in one of the next."""
        return [self.groups(ties)]

    def remarks(self) -> tuple[str, ...]:
        """What else is to be said of its answer, in sentences."""
        return ()

    def parameters(self) -> dict[str, Any]:
        """Every option by name."""
        return asdict(self)

    def one_of(self, option: str, names: Any) -> None:  # noqa: ANN401
        """Refuse a value that is none of the names."""
        value = str(getattr(self, option))
        if value not in get_args(names):
            raise SettingsError(unknown(f"{option} of {self.name}", value, get_args(names)))

    def least(self, option: str, least: int) -> None:
        """Refuse a number that is too small."""
        value = getattr(self, option)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise SettingsError(f"{self.name}: {option} = {value} makes no sense; give {least} or more.")

    def number(self, option: str, value: object) -> float:
        """The value, if it is a number; else it is refused."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SettingsError(f"{self.name}: {option} = {value!r} is not a number; give one like 0.5.")
        return value


def seeded(seed: object) -> None:
    """Refuse a seed that is no whole number."""
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise SettingsError(
            f"seed = {seed!r} is not a whole number; give one like 1. The same seed, the same networks."
        )
