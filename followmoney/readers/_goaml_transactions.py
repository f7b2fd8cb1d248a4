"""One transaction of a goAML report → a row, and the things it bought."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from followmoney.readers._account_ids import holder_of, named_only
from followmoney.readers._goaml_accounts import account
from followmoney.readers._goaml_parties import Known, Row, called, entity, person
from followmoney.readers._goaml_values import moment
from followmoney.readers._whole_units import AmountError, whole_units
from followmoney.readers._xml_tree import Tree, at, every, text

_KINDS = ("account", "person", "entity")


@dataclass(frozen=True)
class End:
    """One side of a transaction."""

    account: str | None
    """The account, or the one called after a person or entity that is named without."""
    party: str | None
    named: bool
    """Named without an account."""
    funds: tuple[str | None, ...]
    foreign: Tree | None


def transaction(known: Known, element: Tree, unit: str | None) -> tuple[Row, int]:
    """The row of a transaction, and how many of its ends are named without an account."""
    number = text(element, "transactionnumber")
    if number is None:
        said = " ".join(" ".join(_texts(element)).split())
        number = f"~{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    row: Row = {
        "row": known.row, "id": f"{unit}/{number}" if unit else number,
        "booked_at": moment(text(element, "date_transaction")),
        "value_date": known.values.day(text(element, "value_date")),
        "purpose": text(element, "transaction_description"), "reference": text(element, "internal_ref_number"),
        "place": text(element, "transaction_location"), "amount": None, "currency": known.local,
    }  # fmt: skip
    if isinstance(row["booked_at"], str):
        row["broken"] = "booked_at|dtype"
    origin, target = _ends(known, element, row)
    mode = (text(element, "transmode_code"), text(element, "transmode_comment"), text(element, "transaction_type_code"))
    codes = [code for end in (origin, target) if end for code in end.funds]
    row["channel"] = known.codes.meaning("channel", *codes, *mode)
    if row["channel"] is None:
        known.codes.miss("channel", *(end.funds[0] for end in (origin, target) if end))
    conductor = at(element, "t_from", "t_conductor") or at(element, "t_from_my_client", "t_conductor")
    if conductor is not None:
        row["conductor"] = person(known, conductor, f"{called(conductor)} (conductor of {row['id']})")
    _in_cash(known, row, origin, target)
    _amounts(known, row, text(element, "amount_local"), origin, target)
    for place, item in enumerate(every(element, "goods_services", "item"), start=1):
        asset(known, item, f"{row['id']} item {place}", str(row["id"]))
    return row, sum(end.named for end in (origin, target) if end)


def _texts(element: Tree) -> list[str]:
    return [element.text or "", *(part for child in element.inside for part in _texts(child))]


def _ends(known: Known, element: Tree, row: Row) -> tuple[End | None, End | None]:
    parties = every(element, "involved_parties", "party")
    if not parties:
        return _end(known, element, "from"), _end(known, element, "to")
    sides: dict[str, list[End]] = {"originator": [], "beneficiary": []}
    for one in parties:
        code = text(one, "role")
        side, end = known.codes.meaning("side", code), _party(known, one, "")
        if side is None:
            known.codes.miss("side", code or "none")
        elif end is not None:
            sides[side].append(end)
    origins, targets = sides["originator"], sides["beneficiary"]
    if len(origins) != 1 or len(targets) != 1:  # the report has one amount, and does not say whose
        row.setdefault("broken", "involved_parties|who paid whom")
        return None, None
    return origins[0], targets[0]


def _end(known: Known, element: Tree, side: str) -> End | None:
    for name in (f"t_{side}", f"t_{side}_my_client"):
        found = at(element, name)
        if found is not None:
            return _party(known, found, f"{side}_")
    return None


def _party(known: Known, side: Tree, start: str) -> End | None:
    """Who stands on one side: an account, or a person or entity without one."""
    funds = (text(side, f"{start}funds_code"), text(side, f"{start}funds_comment"))
    foreign = at(side, f"{start}foreign_currency")
    country = known.values.country(text(side, f"{start}country"))
    for child in side.inside:
        kind = child.name.removeprefix(start).removesuffix("_my_client")
        if kind not in _KINDS:
            continue
        if kind == "account":
            number = account(known, child, country)
            return End(number, None, named=False, funds=funds, foreign=foreign) if number else None
        name = called(child)
        if not name:
            return None
        alone = named_only(name)
        who = (person if kind == "person" else entity)(known, child, holder_of(alone))
        known.add("accounts", id=alone, holder=who, country=country)
        return End(alone, who, named=True, funds=funds, foreign=foreign)
    return None


def _in_cash(known: Known, row: Row, origin: End | None, target: End | None) -> None:
    """Whoever brings cash to an account, or takes it, conducts; the other end is cash, not an account of theirs."""
    row["originator"] = origin.account if origin else None
    row["beneficiary"] = target.account if target else None
    for end, other, column in ((origin, target, "originator"), (target, origin, "beneficiary")):
        paid = end is not None and end.named and known.codes.meaning("channel", *end.funds) == "cash"
        if end is not None and paid and other is not None and not other.named:
            row[column], row["channel"] = None, "cash"
            row.setdefault("conductor", end.party)


def _amounts(known: Known, row: Row, stated: str | None, origin: End | None, target: End | None) -> None:
    """What left and what arrived: an end in foreign currency has its own amount, the other the local one.

    A row that is refused keeps its amounts as they are written.
    """
    sides: list[tuple[str | None, str | None]] = []
    for end in (origin, target):
        foreign = end.foreign if end else None
        code = known.values.currency(text(foreign, "foreign_currency_code"))
        amount = text(foreign, "foreign_amount")
        sides.append((amount, code) if amount and code else (stated, known.local))
    (left, currency), (arrived, received) = sides
    both = arrived is not None and bool(received) and received != currency
    row |= {"amount": left, "currency": currency}
    if both:
        row |= {"amount_received": arrived, "currency_received": received}
    if left is not None and not currency:
        row.setdefault("broken", "currency|empty")
    if "broken" in row:
        return
    try:
        paid = None if left is None else whole_units(left, currency or "")
        got = whole_units(arrived or "", received or "") if both else None
    except AmountError as error:
        row["broken"] = f"amount|{error}"
        return
    row["amount"] = paid
    if both:
        row["amount_received"] = got


def asset(known: Known, item: Tree, otherwise: str, paid_by: str | None) -> None:
    """A thing that a transaction paid for, or that a report is about."""
    identifier = text(item, "registration_number") or text(item, "identification_number") or otherwise
    code = text(item, "item_type")
    kind = known.codes.meaning("asset", code)
    if kind is None:
        known.codes.miss("asset", code or "none")
    holder = text(item, "presently_registered_to")
    who = None
    if holder:
        who = f"{holder} (registered owner of {identifier})"
        known.add("parties", id=who, name=holder)
    value, currency = text(item, "estimated_value"), known.values.currency(text(item, "currency_code"), known.local)
    described = " ".join(part for part in (code, text(item, "item_make"), text(item, "description")) if part)
    row: Row = {
        "id": identifier, "kind": kind or "valuable", "description": described or None, "holder": who,
        "acquired_by": [paid_by] if paid_by else None,
        "country": known.values.country(text(item, "address", "country_code")),
    }  # fmt: skip
    if value is not None and currency:
        try:
            row |= {"value": whole_units(value, currency), "currency": currency}
        except AmountError as error:
            row |= {"value": value, "currency": currency, "broken": f"value|{error}"}
    known.add("assets", **row)
