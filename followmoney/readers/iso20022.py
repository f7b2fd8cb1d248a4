"""Statements, orders and settlements of banks in ISO 20022 (camt.052/053/054, pain.001, pacs.008/009)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from followmoney.ledger import Part, Reading, Source
from followmoney.readers._camt_again import Again
from followmoney.readers._camt_entry import Entries
from followmoney.readers._camt_order import Order
from followmoney.readers._camt_pages import first_page, whole
from followmoney.readers._camt_returns import Returns
from followmoney.readers._camt_statement import Camt
from followmoney.readers._found import File
from followmoney.readers._iso_message import NOTIFICATION, ORDER, REPORT, STATEMENT, message
from followmoney.readers._iso_notes import sentences
from followmoney.readers._iso_orders import orders
from followmoney.readers._iso_people import People
from followmoney.readers._parts import parts

_TURN = (STATEMENT, NOTIFICATION, REPORT)
_SUFFIXES = frozenset({
    "", ".xml", ".gz", ".zip", ".txt", ".camt", ".camt052", ".camt053", ".camt054", ".052", ".053", ".054", ".c52",
    ".c53", ".c54",
})  # fmt: skip
_DERIVED = frozenset({"accounts", "parties", "addresses"})
_STEP = 4_000  # rows in memory at a time


class Iso20022:
    """Messages of any version, by what is in them; the namespace, the file's name and an envelope do not matter.

    A row of `transactions` is a detail of an entry (`row` is its number in the file, in document order), or the entry
    where it has no details or these do not add up to it. Its amount is what the account was debited or credited; what
    the other side paid or received in another currency stands beside it. A statement in several pages, also over
    several files, is one. Orders (pain.001) are pending: they say what was asked for, not what was booked. Returned and
    reversing entries are booked, and name the entry that they undo where exactly one of the same account has the same
    reference and amount. A counterparty that is named without a number gets the account "<name> (no account number)".
    Cost: about three and a half times what parsing the file costs, where its entries are plainly written (see
    `_camt_plain`), half as much again where not; beyond the ledger, memory grows with accounts, holders and
    references only.
    """

    name = "iso20022"
    reads = "statements and payments of banks in ISO 20022 XML (camt.052, 053, 054; pain.001; pacs.008, 009)"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """None: XML has no columns."""
        return {}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """Files that hold one of the messages."""
        return [file for file in files if (file.given or file.suffix in _SUFFIXES) and message(file.path)]

    def read(self, files: Sequence[File]) -> Reading:
        """Statements first, then notifications and reports: what these repeat is refused there."""
        notes: list[str] = []
        sources = [Source.of(file.path, self.name, name=file.name) for file in files]
        return Reading(sources, _parts(files, notes), notes=notes)


def _parts(files: Sequence[File], notes: list[str]) -> Iterator[Part]:
    counts: Counter[str] = Counter()
    people, returns, order = People(counts), Returns(counts), Order()
    kinds = {file: message(file.path) for file in files}
    turns = {kind: [file for file in files if kinds[file] == kind] for kind in _TURN}
    again = Again.of(turns[STATEMENT], [*turns[NOTIFICATION], *turns[REPORT]])
    for kind, some in turns.items():
        every = Entries(counts, people, order, returns, again.during(kind))
        covers = kind != NOTIFICATION
        for file in sorted(some, key=lambda file: first_page(file.path)):
            rows = Camt(file, every, notes, covers=covers).rows()
            yield from parts(file.name, rows, frozenset({"statements"}), most=_STEP)
        for source, row in whole(every.pages, notes, covers=covers):
            yield from parts(source, [row], frozenset({"statements"}))
    for file in files:
        if kinds[file] not in _TURN:
            rows = orders(file, people, counts, notes, asked=kinds[file] == ORDER)
            yield from parts(file.name, rows, most=_STEP)
    for source, rows in returns.rows().items():
        yield from parts(source, rows)
    for (source, own), rows in people.rows().items():
        yield from parts(source, rows, _DERIVED, own=own)
    notes += sentences(counts)


READER = Iso20022()
