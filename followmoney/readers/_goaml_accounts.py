"""Accounts of a goAML report: who holds them, who may sign, what stands on them."""

from __future__ import annotations

from followmoney.readers._account_ids import account_id, account_row, holder_of
from followmoney.readers._goaml_parties import Known, Row, called, entity, person
from followmoney.readers._goaml_values import moment
from followmoney.readers._whole_units import AmountError, whole_units
from followmoney.readers._xml_tree import Tree, at, every, text

_TRUE = ("1", "true")


def account(known: Known, element: Tree, country: str | None = None) -> str | None:
    """An account, with its holder and signatories; None where it has no number."""
    number = account_id(text(element, "iban")) or account_id(text(element, "account"))
    if number is None:
        return None
    persons = _persons(known, element, number)
    holder = _entity(known, element, number)
    if holder is None:
        primary = [who for who, is_primary in persons if is_primary]
        holder = primary[0] if primary else persons[0][0] if len(persons) == 1 else None
    swift, code = text(element, "swift"), text(element, "institution_code")
    currency = known.values.currency(text(element, "currency_code"))
    row = account_row(number)
    row["country"] = row["country"] or known.values.country(text(element, "institution_country")) or country
    known.add(
        "accounts", **row, holder=holder, institution=swift or code or text(element, "institution_name"),
        currency=currency, opened=known.values.day(text(element, "opened")),
        closed=known.values.day(text(element, "closed")),
    )  # fmt: skip
    _balance(known, element, number, currency)
    for related in every(element, "related_accounts", "account_related_account"):
        inside = at(related, "account")
        if inside is not None:
            account(known, inside)
    return number


def _persons(known: Known, element: Tree, number: str) -> list[tuple[str, bool]]:
    """Who may sign: each is a role of the account."""
    found: list[tuple[str, bool]] = []
    signatories = [*every(element, "signatory"), *every(element, "related_persons", "account_related_person")]
    for one in signatories:
        inside = at(one, "t_person")
        primary = text(one, "is_primary") in _TRUE
        alone = primary or len(signatories) == 1
        name = "" if inside is None else called(inside)
        who = None
        if inside is not None:
            who = person(known, inside, holder_of(number) if alone else f"{name} (signatory of {number})")
        if who is not None:
            kind = known.codes.meaning("role", text(one, "role")) or "signatory"
            known.add("roles", party=who, of=number, kind=kind)
            found.append((who, primary))
    return found


def _entity(known: Known, element: Tree, number: str) -> str | None:
    """The entity that holds it: the account's own, else the first that is related to it."""
    own = at(element, "t_entity")
    holder = None if own is None else entity(known, own, holder_of(number))
    for related in every(element, "related_entities", "account_related_entity"):
        inside, code = at(related, "entity"), text(related, "account_entity_relation")
        if inside is None:
            continue
        otherwise = holder_of(number) if holder is None else f"{called(inside)} ({code or 'related'} of {number})"
        who = entity(known, inside, otherwise)
        if who is not None and holder is not None:
            kind = known.codes.meaning("role", code)
            if kind is None:
                known.codes.miss("role", code or "none")
            else:
                known.add("roles", party=who, of=number, kind=kind)
        holder = holder or who
    return holder


def _balance(known: Known, element: Tree, number: str, currency: str | None) -> None:
    stated = text(element, "balance")
    if stated is None:
        return
    currency = currency or known.local
    when = moment(text(element, "date_balance") or known.reported)
    row: Row = {"account": number, "at": when, "currency": currency, "kind": "stated", "amount": stated}
    if isinstance(when, str):
        row["broken"] = "at|dtype"
    else:
        try:
            row["amount"] = whole_units(stated, currency or "")
        except AmountError as error:
            row["broken"] = f"amount|{error}"
    known.add("balances", **row)
