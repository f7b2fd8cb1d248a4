"""`Method`: what every community method is: options with their sources, and groups from ties."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.communities._ties import Ties

T = TypeVar("T")

OURS = "followmoney default"
"""The source of a number that no authority gives."""


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

    def parameters(self) -> dict[str, Any]:
        """Every option by name."""
        return asdict(self)
