"""`Pattern`: what every pattern is: thresholds with their sources, an example, and a look that returns hits."""

from __future__ import annotations

import dataclasses
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, ClassVar

from followmoney.patterns._threshold import MAJOR

if TYPE_CHECKING:
    import polars as pl

    from followmoney.engines import Scope
    from followmoney.patterns._flows import Flows
    from followmoney.patterns._hit import Hit
    from followmoney.patterns._hits import Hits

_ALIKE = 0.8  # EURO and EUR
Innocent = Callable[["Hit"], "str | None"]
"""An innocent explanation: the sentence that says why it fits this hit, or None; its docstring says it in general."""


class Unchecked(str):
    """What an innocent explanation says of a hit for which the ledger tells too little to check it: why, a sentence."""

    __slots__ = ()


@dataclass(frozen=True)
class Margin:
    """How far past a threshold a finding is: `measure` over `threshold`, or the other way round where less is more."""

    measure: str
    threshold: str
    most: bool = False
    """The threshold is an upper bound."""


@dataclass(frozen=True)
class Window:
    """What limits one window; a finding of several that share a transaction can be longer, and then says so."""

    threshold: str
    """How long it is at most."""
    role: str | None = None
    """The role of the transactions that must lie in it; None: all."""


@dataclass(frozen=True, kw_only=True)
class Pattern(ABC):
    """What laundering can look like: says who and which transactions, and nothing else.

    A subclass in a file of this folder is found by `catalogue()`. Its fields are its thresholds; everything said about
    a hit (amount, dates, sentence, strength) is computed from the evidence by `_assemble`.

    One of your own needs no more than this, wherever it stands; it is named after its file (in a notebook, its class)::

        from dataclasses import dataclass
        from typing import ClassVar

        import numpy as np

        import followmoney as fm
        from followmoney.engines import Scope
        from followmoney.patterns import OUT, Flows, Hits, Margin, Pattern, threshold


        @dataclass(frozen=True, kw_only=True)
        class LargePayment(Pattern):
            "A single payment of a large amount."

            # a field a threshold: default, meaning, unit; amounts are whole euros here, and cents in `flows`
            least: dict[str, int] = threshold({"EUR": 50_000}, "Paid, at least.", unit="major units by currency")

            amltrix: ClassVar = ""  # its code in that taxonomy, if there is one
            counted: ClassVar = "out"  # the role whose transactions are the amount of a finding
            sentence: ClassVar = "{subject} paid {amount} at once on {begin}; looked for was {least} or more."
            margins: ClassVar = (Margin("amount", "least"),)  # the strength: what was seen, over which threshold
            innocent: ClassVar = ()  # functions of a hit that return why it may be innocent, or None
            example: ClassVar = "2024-05-06 A -> B 60,000.00"
            counter_example: ClassVar = "2024-05-06 A -> B 49,999.99"

            @property
            def scope(self) -> Scope:
                return Scope(shard="originator")  # all that one account paid is looked at together

            def hits(self, flows: Flows) -> Hits:
                least = flows.minor(self.least)[flows.currency]  # below 0 where no amount is given
                at = np.flatnonzero((least > 0) & (flows.amount >= least))
                return Hits.grouped(flows.originator[at], at, at, OUT)  # who; which hit; which row; its role


        fm.detect(graph, LargePayment(least={"EUR": 55_000}))
    """

    amltrix: ClassVar[str]
    """Code in the AMLTRIX taxonomy; empty where it has none."""
    counted: ClassVar[str]
    """Role of the evidence that makes up a finding's amount."""
    sentence: ClassVar[str]
    """Template of the explanation; `_words.WORDS` and the names of the thresholds can be used."""
    margins: ClassVar[tuple[Margin, ...]]
    innocent: ClassVar[tuple[Innocent, ...]]
    example: ClassVar[str]
    """A ledger, as `sketch` reads it, that shows the pattern once."""
    counter_example: ClassVar[str]
    """The innocent look-alike, in which it is not found."""
    disjoint: ClassVar[bool] = False
    """Whether a transaction may be listed in one finding of this pattern only."""

    one_window: ClassVar[Window | None] = None
    """Where windows that share a transaction are one finding: what limits each."""
    joined: ClassVar[bool] = False
    """Whether hits of this pattern that share a transaction are one finding."""
    needs: ClassVar[tuple[str, ...]] = ()
    """Columns without which nothing can be found; where the ledger says nothing there, the notes say so."""
    uses: ClassVar[tuple[str, ...]] = ()
    """Columns it looks at where there are any."""
    tables: ClassVar[tuple[str, ...]] = ()
    """Tables of the ledger without which nothing can be found; a pattern that has some sees the whole graph."""

    def __post_init__(self) -> None:
        """Refuse thresholds that make no sense."""
        from followmoney.patterns._sane import sane

        sane(self)

    @classmethod
    def of(cls) -> str:
        """Its name: that of its file; of one that is in none, as in a notebook, that of its class."""
        if cls.__module__ in {"__main__", "__mp_main__"}:  # the latter in workers
            return re.sub("(?<=.)(?=[A-Z])", "_", cls.__name__).lower()
        return cls.__module__.rpartition(".")[2]

    @property
    def name(self) -> str:
        """Its name: that of its file."""
        return self.of()

    @property
    @abstractmethod
    def scope(self) -> Scope:
        """What it must see at once; engines cut no finer."""

    @abstractmethod
    def hits(self, flows: Flows) -> Hits:
        """Look: pure numbers in, pure numbers out (rows of `flows`)."""

    def notes(self, flows: Flows) -> list[str]:
        """What was not looked at, in sentences."""
        import numpy as np

        used = np.bincount(flows.currency_received, minlength=1)
        names = {flows.currencies[c] for c in np.flatnonzero(used)} if flows.currencies else set[str]()
        lists = [f.name for f in dataclasses.fields(self) if f.metadata["unit"] == MAJOR]
        if lacking := self.lacking(flows):
            return [f"{self.name}: not examined, because the ledger says nothing in {', '.join(lacking)}."]
        notes = [f"{self.name}: {said}." for said in self.unmet(flows)]
        for name in lists:
            given = set(getattr(self, name))
            if missing := sorted(names - given):
                how = f"--{self.name}.{name} {missing[0]}=AMOUNT"
                notes.append(
                    f"{self.name}: {', '.join(missing)} not examined, because `{name}` gives no amount for "
                    f"{'it' if len(missing) == 1 else 'them'}; `{how}` does."
                )
            strange = sorted(given - names - set(getattr(type(self)(), name)))
            meant = ((code, get_close_matches(code, sorted(names), 1, _ALIKE)) for code in strange)
            notes += [
                f"{self.name}: `{name}` gives an amount for {code}, which this ledger does not have; did you mean "
                f"{near[0]}?"
                for code, near in meant
                if near
            ]
        return notes

    def lacking(self, flows: Flows) -> list[str]:
        """The columns and tables it needs that say nothing."""
        told: Mapping[str, pl.DataFrame] = flows.graph.ledger.tables if flows.graph is not None else {}
        columns = [column for column in self.needs if flows.known[column].empty]
        return [f"`{name}`" for name in (*columns, *(t for t in self.tables if t not in told or not len(told[t])))]

    def unmet(self, flows: Flows) -> list[str]:  # noqa: ARG002
        """Which of its own conditions no transaction of this ledger can meet, and why, in sentences without an end."""
        return []

    def at(self, threshold: str, currency: str, time: int) -> int:  # noqa: ARG002
        """A threshold by currency, in major units, as it was at a time."""
        return getattr(self, threshold)[currency]

    def more(self, hit: Hit) -> Mapping[str, float | str | None]:  # noqa: ARG002
        """What else can be said of a hit, by name: words for the sentence, and measures for the margins.

        A measure that is None means that its margin does not apply to this hit.
        """
        return {}

    def parameters(self) -> dict[str, Any]:
        """Every threshold by name."""
        return dataclasses.asdict(self)

    @classmethod
    def meaning(cls) -> str:
        """The first sentence of its docstring."""
        return cleandoc(cls.__doc__ or "").splitlines()[0]

    @classmethod
    def describe(cls) -> str:
        """All there is to know about it, as text: definition, thresholds, example, what speaks against it."""
        from followmoney.patterns._describe import describe

        return describe(cls)
