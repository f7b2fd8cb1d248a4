"""The registers of the harbour matter as rows: parties, addresses, accounts, roles, interests, assets."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.generator.iban import lei

from .assets import ASSETS
from .book import Book
from .cast import FIRMS, PEOPLE, TERMINALS
from .ownership import INTERESTS, LATER_ADDRESSES, ROLES
from .registry import party_ids
from .sheet import cents, day, rows

Row = dict[str, Any]
_LEI: Final = {"kestrel": lei("9999ZZ00KESTREL0A1")}
_VAT: Final = {"kestrel": "NL000099998B57"}


def parties() -> list[Row]:
    """Write the parties, in the order of their numbers."""
    ids = party_ids()
    people = [r | {"kind": "person", "founded": r["born"], "sector": "", "number": ""} for r in rows(PEOPLE)]
    shops = [r | {"kind": "company", "founded": "", "number": ""} for r in rows(TERMINALS)]
    found = [
        {
            "id": ids[r["alias"]],
            "kind": r["kind"],
            "name": r["name"],
            "country": r["country"],
            "founded": day(r["founded"]),
            "dissolved": None,
            "sector": r["sector"] or None,
            "status": None if r["kind"] == "person" else "active",
            "lei": _LEI.get(r["alias"]),
            "register_number": r["number"] or None,
            "vat": _VAT.get(r["alias"]),
        }
        for r in people + rows(FIRMS) + shops
    ]
    return sorted(found, key=lambda row: str(row["id"]))


_CITY: Final = {
    "NL": ("4499 ZM", "Zandermeer"),
    "ES": ("03999", "Vallmarina"),
    "CY": ("9999", "Limnaria"),
    "MT": ("ZZM 9999", "Marsafanal"),
    "EE": ("99999", "Kalasadam"),
    "GB": ("ZZ9 9ZZ", "Quillham"),
}


def addresses() -> list[Row]:
    """Write where the parties live or are registered, today and before."""
    ids = party_ids()
    known = {r["alias"]: r for r in rows(PEOPLE) + rows(FIRMS) + rows(TERMINALS)}
    now = [{"party": a, "street": r["street"], "start": "", "end": ""} for a, r in known.items()]
    found: list[Row] = []
    for r in now + rows(LATER_ADDRESSES):
        country = known[r["party"]]["country"]
        postcode, city = _CITY[country]
        found.append(
            {
                "party": ids[r["party"]],
                "street": r["street"],
                "postcode": postcode,
                "city": city,
                "country": country,
                "start": day(r["start"]),
                "end": day(r["end"]),
            }
        )
    return sorted(found, key=lambda row: (str(row["party"]), str(row["street"])))


def accounts(book: Book) -> list[Row]:
    """Write the accounts, in the order of their numbers."""
    ids = party_ids()
    found = [
        {
            "id": a.id,
            "holder": ids[a.holder],
            "scheme": "IBAN" if a.bank else "card",
            "institution": a.bank.bic if a.bank else None,
            "country": a.country,
            "currency": a.bank.currency if a.bank else None,
            "opened": a.opened,
            "closed": None,
        }
        for a in book.accounts.values()
    ]
    return sorted(found, key=lambda row: str(row["id"]))


def roles(book: Book) -> list[Row]:
    """Write who runs a party, or signs for an account."""
    ids = party_ids()
    found = [
        {
            "party": ids[r["party"]],
            "of": book.accounts[r["of"][1:]].id if r["of"].startswith("@") else ids[r["of"]],
            "kind": r["kind"],
            "start": day(r["start"]),
            "end": day(r["end"]),
        }
        for r in rows(ROLES)
    ]
    return sorted(found, key=lambda row: (str(row["party"]), str(row["of"]), str(row["kind"])))


def interests() -> list[Row]:
    """Write who owns which part of whom."""
    ids = party_ids()
    found = [
        {
            "owner": ids[r["owner"]],
            "owned": ids[r["owned"]],
            "kind": r["kind"],
            "share_min": float(r["min"]) if r["min"] else None,
            "share_max": float(r["max"]) if r["max"] else None,
            "direct": r["direct"] == "yes",
            "start": day(r["start"]),
            "end": day(r["end"]),
        }
        for r in rows(INTERESTS)
    ]
    return sorted(found, key=lambda row: (str(row["owner"]), str(row["owned"]), str(row["kind"]), str(row["start"])))


def assets(bought: dict[str, list[str]]) -> list[Row]:
    """Write what is owned, and by which transactions it was bought where the book shows it."""
    ids = party_ids()
    return [
        {
            "id": f"a{n:02d}",
            "kind": r["kind"],
            "description": r["description"],
            "holder": ids[r["holder"]],
            "value": cents(r["value"]),
            "currency": r["currency"],
            "valued_at": day(r["valued"]),
            "acquired_by": bought.get(r["bought"], []),
            "encumbrance": cents(r["encumbrance"]) if r["encumbrance"] else None,
            "country": r["country"],
        }
        for n, r in enumerate(rows(ASSETS), start=1)
    ]
