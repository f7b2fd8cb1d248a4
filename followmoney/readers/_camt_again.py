"""The same entry in a statement and in a notification or report: whose rows are taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from followmoney.readers._camt_entry import Entries
from followmoney.readers._camt_order import Order
from followmoney.readers._camt_returns import Returns
from followmoney.readers._camt_statement import Camt
from followmoney.readers._found import File
from followmoney.readers._iso_message import STATEMENT
from followmoney.readers._iso_people import People


class Again:
    """The statement's rows are taken, but where only the notification has the payments that one entry is made of."""

    def __init__(self) -> None:
        self._divided: dict[str, tuple[int, int]] = {}
        self._taken: set[str] = set()
        self._needed = False

    @classmethod
    def of(cls, statements: Sequence[File], others: Sequence[File]) -> Again:
        """Looks through the notifications and reports first, where there are statements beside them."""
        found = cls()
        found._needed = bool(others)
        if statements:
            for file in others:
                counts: Counter[str] = Counter()
                every = Entries(counts, People(counts), Order(), Returns(counts), found._look)
                for _ in Camt(file, every, [], covers=False).rows():
                    pass
        return found

    def during(self, kind: str) -> Callable[[str, int, int], bool]:
        """What to ask while files of this kind are read."""
        taken = self._taken.copy() if kind != STATEMENT else set[str]()
        return lambda name, rows, amount: self._again(name, rows, amount, taken, statement=kind == STATEMENT)

    def _look(self, name: str, rows: int, amount: int) -> bool:
        if rows > self._divided.get(name, (1, 0))[0]:
            self._divided[name] = rows, amount
        return False

    def _again(self, name: str, rows: int, amount: int, taken: set[str], *, statement: bool) -> bool:
        if not self._needed:
            return False
        if statement and rows == 1 and self._divided.get(name, (0, 0))[1] == amount:
            return True
        self._taken.add(name)
        return name in taken
