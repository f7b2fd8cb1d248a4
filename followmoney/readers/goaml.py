"""Reports to a financial intelligence unit as goAML XML, schema 4.0 to 5.2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from followmoney.ledger import Part, Reading, Source
from followmoney.readers._account_ids import without_number
from followmoney.readers._found import File
from followmoney.readers._goaml_accounts import account
from followmoney.readers._goaml_codes import LIST, Codes
from followmoney.readers._goaml_parties import Known, entity, person
from followmoney.readers._goaml_transactions import asset, transaction
from followmoney.readers._goaml_values import Values
from followmoney.readers._mentions import Mentions
from followmoney.readers._parts import Made, parts
from followmoney.readers._streams import head
from followmoney.readers._xml import Element, elements, local, root
from followmoney.readers._xml_tree import Tree, at, every, text, tree

_MARKS = (b"rentity_id", b"currency_code_local", b"submission_code", b"transactionnumber", b"report_code")
_READ = ("transaction", "activity")


class GoAml:
    """Transactions, accounts, persons, entities and goods of goAML reports, read as they come: no schema is demanded.

    A row is the number of the transaction in its report; it is called by the reporting entity and the transaction's
    number. Amounts are in the report's local currency, but for an end in foreign currency, which has its own. Who is
    named without an account has one called after him; who brings or takes cash conducts, and the other end is cash.
    Codes are every unit's own: those that do not say it themselves need a list beside the reports (goaml_codes.toml,
    see the notes of the ledger). Accounts and parties that several transactions describe are one row, the first
    mention completed by later ones. Source: UNODC goAML schema 5.0.1; no copy of it is needed or shipped.
    """

    name = "goaml"
    reads = f"reports to a financial intelligence unit as goAML XML, schema 4.0 to 5.2 (and {LIST})"

    def columns(self) -> Mapping[str, Sequence[str]]:
        """The elements it looks for."""
        return {"report (goAML)": ["rentity_id", "currency_code_local", "transactionnumber", "amount_local"]}

    def claim(self, files: Sequence[File]) -> Sequence[File]:
        """XML that is a goAML report, and lists of codes beside it."""
        reports = [file for file in files if _is_report(file)]
        return [*reports, *(file for file in files if file.path.name == LIST and reports)]

    def read(self, files: Sequence[File]) -> Reading:
        """Read the reports, transaction by transaction; memory is that of the largest, and of the parties.

        Raises:
            InputError: A report is not whole XML, or declares a document type.
            SettingsError: The list of codes names a meaning that nobody knows.
        """
        codes = Codes([file for file in files if file.path.name == LIST])
        notes: list[str] = []
        sources = [Source.of(file.path, self.name, name=file.name) for file in files]
        reports = [file for file in files if file.path.name != LIST]
        return Reading(sources, _parts(reports, codes, notes), notes=notes)


def _is_report(file: File) -> bool:
    if file.suffix not in (".xml", ".zip", ".gz", ".txt", ""):
        return False
    if root(file.path)[1] not in ("report", "reportdata"):
        return False
    start = head(file.path)
    return any(mark in start for mark in _MARKS)


def _parts(files: Sequence[File], codes: Codes, notes: list[str]) -> Iterator[Part]:
    known = Known(Mentions(), codes, Values())
    named: list[int] = []
    for file in files:
        known.source, known.row = file.name, 0
        yield from parts(file.name, _rows(known, file, named))
    yield from known.mentions.parts()
    accounts = len(known.mentions.named("accounts", "(no account number)"))
    notes += without_number(sum(some > 0 for some in named), accounts)
    notes += [*codes.notes(), *known.values.notes(), *known.mentions.notes()]


def _rows(known: Known, file: File, named: list[int]) -> Iterator[Made]:
    for element in elements(file, _READ):
        report = element.getparent()
        while report is not None and local(report) != "report" and report.getparent() is not None:
            report = report.getparent()
        head = _head(report)
        known.local = known.values.currency(head.get("currency_code_local"))
        known.reported = head.get("submission_date") or head.get("report_date")
        if local(element) == "activity":
            _activity(known, tree(element))
            continue
        known.row += 1
        row, alone = transaction(known, tree(element), head.get("rentity_id"))
        named.append(alone)
        yield "transactions", row


def _head(report: Element | None) -> dict[str, str]:
    """What a report says of itself, so far: texts by name, the first of several."""
    found: dict[str, str] = {}
    for child in report if report is not None else ():
        content = (child.text or "").strip()
        if content and local(child) not in _READ:
            found.setdefault(local(child), content)
    return found


def _activity(known: Known, element: Tree) -> None:
    """Accounts, parties and goods that a report without transactions is about."""
    for party in every(element, "report_parties", "report_party"):
        for name, read in (("account", account), ("account_my_client", account)):
            inside = at(party, name)
            if inside is not None:
                read(known, inside)
        for name in ("person", "person_my_client", "entity", "entity_my_client"):
            inside = at(party, name)
            if inside is not None:
                otherwise = f"{text(inside, 'name') or text(inside, 'last_name')} (party of {known.source})"
                (person if name.startswith("person") else entity)(known, inside, otherwise)
    for place, item in enumerate(every(element, "goods_services", "item"), start=1):
        asset(known, item, f"{known.source} item {place}", None)


READER = GoAml()
