"""i2 Analyst's Notebook: the accounts, holders and transactions of findings as a chart (ANX)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.case.handling import banner
from followmoney.errors import SettingsError
from followmoney.reports._money import decimal
from followmoney.reports.exports._accounts import accounts
from followmoney.reports.exports._found import findings, transactions
from followmoney.reports.exports._rows import Row, moment
from followmoney.reports.exports._text import clean

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_MOST = 10_000
_KINDS = {"person": "Person", "company": "Organization", "trust": "Organization", "public body": "Organization"}


class I2:
    """A chart of the findings: every account and holder they touch, every transaction as a link of its own.

    For findings: up to 10,000 transactions; a larger chart nobody reads. Each link names its findings and its source
    row. The chart is laid out by Analyst's Notebook. Written with anxwritter (the extra i2).
    """

    name = "i2"
    writes = "a chart of the findings for i2 Analyst's Notebook (ANX)"
    findings = True
    folder = False

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """About 1 ms a transaction.

        Raises:
            SettingsError: anxwritter is not installed, or there is more than a chart can show.
        """
        paid = transactions(case, ledger)
        if len(paid) > _MOST:
            raise SettingsError(
                f"A chart of {len(paid):,} transactions is more than the {_MOST:,} it is meant for; give a case with "
                "fewer findings, or use graphml or neo4j."
            )
        written = Path(_chart(case, ledger, paid).to_anx(out.with_suffix(".anx")))
        written.rename(out)


def _chart(case: Case, ledger: Ledger, paid: list[Row]) -> Any:  # noqa: ANN401  (anxwritter has no types)
    try:
        import anxwritter  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise SettingsError("Charts for i2 need anxwritter: pip install 'followmoney[i2]'.") from None
    anx: Any = anxwritter
    made = max(row["booked_at"] for row in paid)
    said = clean(banner(case.handling)) or None
    about = anx.SummaryCfg(title=clean(case.name), created=moment(made)[:19], comments=said)
    chart: Any = anx.ANXChart(anx.Settings(summary=about))
    ends = {row[end] for row in paid for end in ("originator", "beneficiary")}
    holders: dict[str, Row] = {}
    for row in accounts(ledger):
        if row["id"] not in ends:
            continue
        told = {name: clean(row[name]) for name in ("scheme", "institution", "country", "currency") if row[name]}
        chart.add_icon(id=_id("account", row["id"]), type="Account", label=clean(row["id"]), attributes=told)
        if row["holder"]:
            holders[row["holder"]] = row
    for holder, row in sorted(holders.items()):
        kind = _KINDS.get(row["holder_kind"] or "", "Unknown")
        chart.add_icon(id=_id("party", holder), type=kind, label=clean(row["holder_name"] or holder))
    for row in accounts(ledger):
        if row["id"] in ends and row["holder"]:
            chart.add_link(from_id=_id("party", row["holder"]), to_id=_id("account", row["id"]), type="Holds")
    patterns = {row["id"]: row["pattern"] for row in findings(case).frame.iter_rows(named=True)}
    for row in paid:
        chart.add_link(**_link(row, patterns))
    return chart


def _id(kind: str, identifier: str) -> str:
    return f"{kind} {clean(identifier)}"


def _link(row: Row, patterns: dict[str, str]) -> Row:
    amount = f"{decimal(row['amount'], row['currency'])} {row['currency']}"
    day, _, time = moment(row["booked_at"])[:19].partition("T")
    told = {
        "transaction": row["id"], "amount": amount, "purpose": row["purpose"], "channel": row["channel"],
        "findings": ", ".join(f"{patterns[one]} {one}" for one in row["findings"]),
        "source": f"{row['source']}, row {row['row']}",
    }  # fmt: skip
    return {
        "from_id": _id("account", row["originator"]), "to_id": _id("account", row["beneficiary"]),
        "type": "Transaction", "arrow": "->", "label": amount, "date": day, "time": time,
        "attributes": {name: clean(value) for name, value in told.items() if value},
    }  # fmt: skip


EXPORT = I2()
