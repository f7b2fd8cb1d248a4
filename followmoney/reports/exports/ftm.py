"""FollowTheMoney, the model of Aleph and OpenSanctions: records as JSON Lines, accounts kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followmoney.reports._money import decimal
from followmoney.reports.exports._ftm_ids import Ids
from followmoney.reports.exports._ftm_links import interest, role
from followmoney.reports.exports._rows import Row, day, mark, moment, outside, rows
from followmoney.reports.exports._text import line

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_PARTIES = {"person": "Person", "company": "Company", "trust": "Company", "public body": "PublicBody"}
_ASSETS = {
    "real_estate": "RealEstate", "vehicle": "Vehicle", "vessel": "Vessel", "aircraft": "Airplane",
    "security": "Security",
}  # fmt: skip
_SPECIAL = {"IBAN": "iban", "wallet": "publicKey"}


class Ftm:
    """Parties, accounts, assets, who owns and directs what, and every transaction as a payment between accounts.

    A payment names the two accounts and, where they are known, their holders: a payment without one is sound for us
    and incomplete for tools that look at payers only. Cash and unknown ends are left empty, and balances left out. A
    trust is written as a Company, as the model has it; a right of any kind is an Ownership that says its kind. Amounts
    are in major units. Times lose nothing, but tools of the model drop what is below a second.

    Source: https://followthemoney.tech/explorer/
    """

    name = "ftm"
    writes = "FollowTheMoney records (JSON Lines), for Aleph and OpenSanctions tools"
    findings = False
    folder = False

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """One record a line: about 20 µs each; nothing but identifiers is kept in memory."""
        del case
        with out.open("w", encoding="utf-8", newline="\n") as held:
            held.writelines(f"{line(record)}\n" for record in _records(ledger))


def _records(ledger: Ledger) -> Iterator[Row]:
    ids = Ids(ledger)
    places: dict[str, list[str]] = {}
    holders: dict[str, str] = {}
    yield from _addresses(ledger, places)
    for row in rows(ledger, "parties"):
        yield _party(row, places.get(row["id"], []))
    for row in rows(ledger, "accounts"):
        if not outside(row["id"]):
            holders[row["id"]] = row["holder"]
            yield from _account(row, ids)
    for row in rows(ledger, "assets"):
        yield from _asset(row, ids)
    yield from (_record(*interest(row)) for row in rows(ledger, "interests"))
    yield from (_record(*role(row, ids)) for row in rows(ledger, "roles"))
    yield from (_payment(row, ids, holders) for row in rows(ledger, "transactions"))


def _addresses(ledger: Ledger, places: dict[str, list[str]]) -> Iterator[Row]:
    """Every place once; whose it is goes to `places`."""
    written: set[str] = set()
    for row in rows(ledger, "addresses"):
        place = mark("address", *(row[c] for c in ("street", "postcode", "city", "country")))
        if place not in places.setdefault(row["party"], []):
            places[row["party"]].append(place)
        if place not in written:
            written.add(place)
            yield _record(
                place, "Address", street=row["street"], postalCode=row["postcode"], city=row["city"],
                country=_country(row["country"]), full=_full(row),
            )  # fmt: skip


def _record(identifier: str, schema: str, given: Row | None = None, **properties: Any) -> Row:  # noqa: ANN401
    """A record; every value is a list of texts, and what is not known is not there."""
    told = {name: value for name, value in ((given or {}) | properties).items() if value not in (None, "", [])}
    lists: Row = {name: value if isinstance(value, list) else [str(value)] for name, value in told.items()}
    return {"id": identifier, "schema": schema, "properties": lists}


def _country(code: str | None) -> str | None:
    return code.lower() if code else None


def _full(row: Row) -> str:
    town = " ".join(part for part in (row["postcode"], row["city"]) if part)
    return ", ".join(part for part in (row["street"], town, row["country"]) if part)


def _party(row: Row, places: list[str]) -> Row:
    schema = _PARTIES.get(row["kind"] or "", "LegalEntity")
    born, died = ("birthDate", "deathDate") if schema == "Person" else ("incorporationDate", "dissolutionDate")
    return _record(
        row["id"], schema, {born: day(row["founded"], row["founded_latest"]), died: day(row["dissolved"])},
        name=row["name"], country=_country(row["country"]), sector=row["sector"], status=row["status"],
        leiCode=row["lei"], registrationNumber=row["register_number"], vatCode=row["vat"],
        legalForm="trust" if row["kind"] == "trust" else None, addressEntity=places,
    )  # fmt: skip


def _account(row: Row, ids: Ids) -> Iterator[Row]:
    me, wallet = ids.account(row["id"]), row["scheme"] == "wallet"
    number = _SPECIAL.get(row["scheme"] or "", "accountNumber")
    common = {"name": row["id"], number: row["id"], "country": _country(row["country"]), "currency": row["currency"]}
    if wallet:
        yield _record(me, "CryptoWallet", common, holder=row["holder"], creationDate=day(row["opened"]))
        return
    yield _record(
        me, "BankAccount", common, bic=row["institution"], accountType=row["scheme"], openingDate=day(row["opened"]),
        closingDate=day(row["closed"]),
    )  # fmt: skip
    if row["holder"]:
        yield _record(
            mark("holder", row["id"], row["holder"]), "Ownership", owner=row["holder"], asset=me, role="holder"
        )


def _asset(row: Row, ids: Ids) -> Iterator[Row]:
    me = ids.asset(row["id"])
    worth = decimal(row["value"], row["currency"]) if row["value"] is not None and row["currency"] else None
    yield _record(
        me, _ASSETS.get(row["kind"], "Asset"), name=row["description"], description=row["description"],
        country=_country(row["country"]), amount=worth,
        currency=row["currency"] if worth else None,
        summary=None if row["kind"] in _ASSETS else row["kind"],
    )  # fmt: skip
    if row["holder"]:
        yield _record(mark("asset", row["id"], row["holder"]), "Ownership", owner=row["holder"], asset=me)


def _payment(row: Row, ids: Ids, holders: dict[str, str]) -> Row:
    ends = (("originator", "payer"), ("beneficiary", "beneficiary"))
    said = {f"{theirs}Account": ids.account(row[ours]) for ours, theirs in ends if not outside(row[ours])}
    said |= {theirs: holders.get(row[ours]) for ours, theirs in ends if not outside(row[ours])}
    return _record(
        ids.payment(row["id"]), "Payment", said, amount=decimal(row["amount"], row["currency"]),
        currency=row["currency"], date=moment(row["booked_at"]), endDate=day(row["value_date"]),
        sequenceNumber=row["sequence"], purpose=row["purpose"], transactionNumber=row["reference"],
        recordId=f"{row['source']}:{row['row']}",
    )  # fmt: skip


EXPORT = Ftm()
