"""goAML: the transactions of findings as the draft of a report to a financial intelligence unit (XML)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.case.handling import banner
from followmoney.reports._money import decimal
from followmoney.reports.exports._found import findings, transactions
from followmoney.reports.exports._goaml_ends import Ends
from followmoney.reports.exports._goaml_text import element, moment
from followmoney.reports.exports._rows import Row

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger


class GoAml:
    """The draft of a report with the transactions that prove the findings, their accounts, holders and directors.

    Who reports (rentity_id, reporting_person) and when, the codes of the receiving unit's own lists, and the amount in
    its own currency are not in a ledger: fill them in before it is sent. Codes are words that say it themselves (CASH,
    EFT). One report for each currency of debit; several stand in one reportdata. A person's name is split at its last
    space.

    Source: UNODC goAML schema 5.0.1.
    """

    name = "goaml"
    writes = "the draft of a report on the findings to a financial intelligence unit (goAML XML)"
    findings = True
    folder = False

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """About 0.2 ms a transaction; accounts and parties are kept in memory."""
        paid = transactions(case, ledger)
        ends = Ends(ledger)
        currencies = sorted({str(row["currency"]) for row in paid})
        with out.open("w", encoding="utf-8", newline="\n") as held:
            held.write('<?xml version="1.0" encoding="UTF-8"?>\n')
            held.write("<reportdata>\n" if len(currencies) > 1 else "")
            for currency in currencies:
                some = [row for row in paid if row["currency"] == currency]
                held.writelines(_report(case, ends, some, currency))
            held.write("</reportdata>\n" if len(currencies) > 1 else "")


def _report(case: Case, ends: Ends, paid: list[Row], currency: str) -> Iterator[str]:
    told = {one for row in paid for one in row["findings"]}
    frame = findings(case).frame
    reasons = [banner(case.handling)] if case.handling else []
    reasons += [row["explanation"] for row in frame.iter_rows(named=True) if row["id"] in told]
    yield "<report>\n"
    yield element("submission_code", "E") + element("report_code", "STR")
    yield element("currency_code_local", currency) + element("reason", "\n".join(reasons)) + "\n"
    for row in paid:
        yield _transaction(ends, row)
    yield _indicators(row["amltrix"] for row in frame.iter_rows(named=True) if row["id"] in told)
    yield "</report>\n"


def _indicators(codes: Iterable[str]) -> str:
    return (
        f"<report_indicators>{''.join(element('indicator', code) for code in sorted(set(codes)))}</report_indicators>\n"
    )


def _transaction(ends: Ends, row: Row) -> str:
    told = [
        element("transactionnumber", row["id"]), element("internal_ref_number", row["reference"]),
        element("transaction_location", row["place"]), element("transaction_description", row["purpose"]),
        element("date_transaction", moment(row["booked_at"])), element("value_date", row["value_date"]),
        element("transmode_code", ends.code(row["channel"])),
        element("amount_local", decimal(row["amount"], row["currency"])),
        ends.side("from", row["originator"], row), ends.side("to", row["beneficiary"], row),
    ]  # fmt: skip
    return f"<transaction>{''.join(told)}</transaction>\n"


EXPORT = GoAml()
