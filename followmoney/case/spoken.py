"""Facts that speak for somebody, beside each finding that touches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from followmoney.case.names import names

if TYPE_CHECKING:
    from followmoney.case.entry import Entry
    from followmoney.case.journal import Journal
    from followmoney.finding import Finding
    from followmoney.ledger import Ledger


@dataclass(frozen=True)
class Fact:
    """An exculpatory fact of the journal."""

    number: int
    """Of its entry in the journal, from 1."""
    entry: Entry
    whom: tuple[str, ...]
    """Whom or what it is about, as people call them: a name, or the identifier where there is none."""


class Spoken:
    """Who is meant by the exculpatory facts of a journal; made once for a case."""

    def __init__(self, journal: Journal, ledger: Ledger | None) -> None:
        """Without a ledger identifiers mean only themselves."""
        self._names = {} if ledger is None else names(ledger)
        self._holders: dict[str, str] = {} if ledger is None else _holders(ledger)
        numbered = [(number, entry) for number, entry in enumerate(journal, 1) if entry.kind == "exculpatory"]
        self.facts = tuple(Fact(n, e, tuple(dict.fromkeys(map(self.called, e.about)))) for n, e in numbered)

    def called(self, identifier: str) -> str:
        """The name of a party, or of the holder of an account; the identifier where there is none."""
        return self._names.get(self._holders.get(identifier, identifier), identifier)

    def of(self, finding: Finding) -> tuple[Fact, ...]:
        """The facts about a finding, its subject, its transactions, or accounts they touch or the holders of those.

        A fact about a party counts for its accounts, and one about an account for its holder.
        """
        if not self.facts:
            return ()
        rows = finding.evidence
        accounts = {finding.subject, *rows["originator"], *rows["beneficiary"]}
        touched = {finding.id, *rows["transaction"], *accounts}
        parties = {self._holders.get(one, one) for one in accounts}
        return tuple(f for f in self.facts if any(self._touches(one, touched, parties) for one in f.entry.about))

    def _touches(self, one: str, touched: set[str], parties: set[str]) -> bool:
        return one in touched or self._holders.get(one, one) in parties


def _holders(ledger: Ledger) -> dict[str, str]:
    accounts = ledger["accounts"].select("id", "holder").drop_nulls()
    return dict(accounts.iter_rows())
