"""Payments between others: as ordered (pain.001), or as settled between institutions (pacs.008, pacs.009)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from followmoney.readers._camt_shapes import REMITTANCE
from followmoney.readers._found import File
from followmoney.readers._iso_fields import minor_units, read_moment
from followmoney.readers._iso_paths import account, agent, party, side
from followmoney.readers._iso_people import People
from followmoney.readers._iso_shape import NOTHING, Found, Shape, meant
from followmoney.readers._iso_text import purpose, reference_of
from followmoney.readers._parts import Made
from followmoney.readers._xml import Element, elements, local

_PAYMENT = frozenset({"CdtTrfTxInf"})
_CHEQUE = "CHK"
_PAYMENTS = (
    REMITTANCE
    | {f"PmtId/{name}": name for name in ("EndToEndId", "UETR", "TxId", "InstrId")}
    | {f"{day}{form}": day for day in ("ReqdExctnDt", "AccptncDtTm") for form in ("", "/Dt", "/DtTm")}
    | {
        "ChqInstr/ChqNb": "ChqNb",
        "Amt/InstdAmt": "Amt",
        "Amt/EqvtAmt/Amt": "Amt",  # so much of the debtor's currency, paid in another: how much of that is not said
        "InstdAmt": "InstdAmt",
        "IntrBkSttlmAmt": "SttlmAmt",
        "IntrBkSttlmDt": "IntrBkSttlmDt",
    }
    | party("Dbtr", "Dbtr")
    | account("DbtrAcct", "Dbtr")
    | agent("DbtrAgt", "Dbtr")
    | party("Cdtr", "Cdtr")
    | account("CdtrAcct", "Cdtr")
    | agent("CdtrAgt", "Cdtr")
    | party("UltmtDbtr", "UltmtDbtr")
    | party("UltmtCdtr", "UltmtCdtr")
)
_GROUP = Shape(_PAYMENTS | {"PmtInfId": "PmtInfId", "PmtMtd": "PmtMtd"})
_ONE = Shape(_PAYMENTS)
_HEAD = Shape(
    {
        f"GrpHdr/{name}": name
        for name in ("MsgId", "NbOfTxs", "CtrlSum", "TtlIntrBkSttlmAmt", "IntrBkSttlmDt", "CreDtTm")
    }
)
_ENDS = side("Dbtr"), side("Cdtr")


def orders(file: File, people: People, counts: Counter[str], notes: list[str], *, asked: bool) -> Iterator[Made]:
    """One row a payment; `asked`: only ordered, so pending.

    The order of payments in a message is no order of booking: `sequence` stays empty. What the message says of number
    and sum of its payments is compared; a difference is a note.

    Raises:
        InputError: The file is not whole XML, or hides something in a DTD.
    """
    group: Element | None = None
    above, header, number, total = NOTHING, NOTHING, 0, 0
    exact = True
    for number, element in enumerate(elements(file, _PAYMENT), start=1):
        parent = element.getparent()
        if parent is not group and parent is not None:
            group, above = parent, _above(parent)
            header = _header(parent)
        payment = above | _ONE.of(element)
        row = _row(payment, header, people, counts, at=(file.name, number), asked=asked)
        yield "transactions", row
        value = payment.get("Amt") or payment.get("SttlmAmt")
        units = minor_units(value or "", "CLF")[0]  # four decimals: sums of messages mix currencies
        exact, total = exact and units is not None, total + (units or 0)
    if "NbOfTxs" in header and header["NbOfTxs"] != str(number):
        notes.append(f"{file.name} says that it has {header['NbOfTxs'][:20]} payments, and has {number:,}.")
    control = header.get("CtrlSum") or header.get("TtlIntrBkSttlmAmt")
    if control is not None and exact and minor_units(control, "CLF")[0] != total:
        notes.append(f"{file.name} says that its payments are {control[:30]} together, which they are not.")


def _above(group: Element) -> Found:
    """What is said for all payments of a group."""
    return _GROUP.of(group) if local(group) == "PmtInf" else {}


def _header(group: Element) -> Found:
    """The header of the message a group stands in."""
    message = group.getparent() if local(group) == "PmtInf" else group
    return NOTHING if message is None else _HEAD.of(message)


def _row(
    payment: Found, header: Found, people: People, counts: Counter[str], *, at: tuple[str, int], asked: bool
) -> dict[str, Any]:
    text, currency, received, other = _amounts(payment)
    ends = [people.account(payment, end, at=at)[0] for end in _ENDS]
    when, value_date, wrong = _days(payment, header, counts)
    value, broken = minor_units(text, currency or "") if text else (None, "amount|empty")
    broken = broken or (None if currency else "currency|empty") or wrong
    got = minor_units(received, other) if received and other else (None, None)
    identifier = [
        "ordered" if asked else None, ends[0], meant(header, "MsgId"), meant(payment, "PmtInfId"),
        meant(payment, "TxId") or meant(payment, "UETR") or meant(payment, "InstrId"),
        reference_of(payment), str(at[1]),
    ]  # fmt: skip
    return {
        "row": at[1], "broken": broken or got[1], "id": "/".join(dict.fromkeys(name for name in identifier if name)),
        "booked_at": when, "value_date": value_date, "originator": ends[0], "beneficiary": ends[1],
        "amount": text if broken else value, "currency": currency, "amount_received": got[0],
        "currency_received": other if got[0] else None, "status": "pending" if asked else "booked",
        "channel": "cheque" if payment.get("PmtMtd") == _CHEQUE else "wire",
        "purpose": purpose(payment, None), "reference": reference_of(payment),
        "conductor": meant(payment, "UltmtDbtr.name"),
    }  # fmt: skip


def _amounts(payment: Found) -> tuple[str | None, str | None, str | None, str | None]:
    """Amount and currency debited, and what is credited where that is another currency."""
    get = payment.get
    if "Amt" in payment:
        return get("Amt"), get("Amt@"), None, None
    if "InstdAmt" in payment and get("InstdAmt@") != get("SttlmAmt@"):
        return get("InstdAmt"), get("InstdAmt@"), get("SttlmAmt"), get("SttlmAmt@")
    return get("SttlmAmt"), get("SttlmAmt@"), None, None


def _days(payment: Found, header: Found, counts: Counter[str]) -> tuple[datetime | str | None, date | None, str | None]:
    """When it is to be executed or was settled; the value date; the rule broken."""
    for found, name in (
        (payment, "ReqdExctnDt"), (payment, "IntrBkSttlmDt"), (header, "IntrBkSttlmDt"), (payment, "AccptncDtTm"),
        (header, "CreDtTm"),
    ):  # fmt: skip
        if (text := found.get(name)) is None:
            continue
        at = read_moment(text)
        if at is None:
            return text, None, "booked_at|dtype"
        if name == "CreDtTm":
            counts["by creation"] += 1
        if at[2]:
            counts["no zone"] += 1
        return at[0], at[1], None
    return None, None, "booked_at|empty"
