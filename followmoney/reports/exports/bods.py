"""The Beneficial Ownership Data Standard, 0.4: statements of who owns and controls whom, as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.reports.exports._bods_records import entity, interest, person, post
from followmoney.reports.exports._rows import Row, day, mark, rows
from followmoney.reports.exports._text import line

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.ledger import Ledger

_POSTS = {"director": "boardMember", "manager": "seniorManagingOfficial", "nominee": "nominee"}
_NO_DAY = date(1970, 1, 1)


class Bods:
    """Persons and legal entities, and what registers hold to be true now of who has which right in whom.

    Directors, managers and nominees are interests, as the standard has it; secretaries, agents and signatories have no
    word in it and are left out, and so are accounts and payments. A statement bears the day from which the register
    said so; where none is known, the last day of the ledger. A person's country is an address, for it is no
    nationality. A party that no source describes is named, and has no statement of its own.

    Source: https://standard.openownership.org/en/0.4.0/
    """

    name = "bods"
    writes = "beneficial ownership statements (BODS 0.4) as JSON"
    findings = False
    folder = False

    def write(self, case: Case, ledger: Ledger, out: Path) -> None:
        """One statement a line, parties before the relationships that name them; about 30 µs a statement."""
        del case
        with out.open("w", encoding="utf-8", newline="\n") as held:
            held.write("[")
            for number, record in enumerate(_statements(ledger)):
                held.write(f"{',' if number else ''}\n{line(record)}")
            held.write("\n]\n")


def _statements(ledger: Ledger) -> Iterator[Row]:
    last = _last(ledger)
    places: dict[str, list[Row]] = {}
    for row in rows(ledger, "addresses"):
        places.setdefault(row["party"], []).append(row)
    links = _links(ledger)
    about = {owner: owned for owner, owned, _, _ in reversed(links)}
    people = [row for row in rows(ledger, "parties") if row["kind"] == "person"]
    for row in rows(ledger, "parties"):
        if row["kind"] != "person":
            yield _statement("entity", row["id"], row["id"], last, entity(row, places.get(row["id"], [])), last)
    for row in people:
        of: str = about.get(row["id"]) or row["id"]
        yield _statement("person", row["id"], of, last, person(row, places.get(row["id"], [])), last)
    for owner, owned, known, rights in links:
        details = {"isComponent": False, "subject": owned, "interestedParty": owner, "interests": rights}
        yield _statement("relationship", mark("link", owner, owned, known), owned, known or last, details, last)


def _links(ledger: Ledger) -> list[tuple[str, str, date | None, list[Row]]]:
    """Owner, owned, day from which it is known, and the rights."""
    parties = set(ledger.parties["id"])
    rights = [((r["owner"], r["owned"], r["known_from"]), interest(r)) for r in rows(ledger, "interests")]
    rights += [
        ((r["party"], r["of"], None), post(r, _POSTS[r["kind"]]))
        for r in rows(ledger, "roles")
        if r["kind"] in _POSTS and r["of"] in parties
    ]
    rights.sort(key=lambda one: (one[0][0], one[0][1], one[0][2] or date.min, line(one[1])))
    grouped = groupby(rights, key=lambda one: one[0])
    return [(owner, owned, known, [right for _, right in some]) for (owner, owned, known), some in grouped]


def _statement(kind: str, record: str, about: str, said: date, details: Row, published: date) -> Row:  # noqa: PLR0917
    stated: Row = {
        "recordId": record, "recordType": kind, "recordStatus": "new", "declarationSubject": about,
        "statementDate": day(said), "recordDetails": details,
        "publicationDetails": {
            "publicationDate": day(published), "bodsVersion": "0.4", "publisher": {"name": "followmoney"},
        },
    }  # fmt: skip
    return {"statementId": mark(line(stated))} | stated


def _last(ledger: Ledger) -> date:
    """The last day that the ledger says anything of."""
    known = [ledger.interests[c].max() for c in ("known_from", "start")] + [ledger["roles"]["start"].max()]
    known += [ledger.numbered["booked_at"].dt.date().max()]
    return max((each for each in known if isinstance(each, date)), default=_NO_DAY)


EXPORT = Bods()
