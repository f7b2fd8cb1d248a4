"""Where accounts, parties and institutions stand in messages, and what is wanted of them, whatever the version."""

from __future__ import annotations

from functools import cache

_ADDRESS = {
    "PstlAdr/Ctry": "country",
    "PstlAdr/StrtNm": "street",
    "PstlAdr/BldgNb": "house",
    "PstlAdr/PstCd": "postcode",
    "PstlAdr/TwnNm": "city",
    "PstlAdr/AdrLine": "line",
}
_PARTY = {
    "Nm": "name",
    "CtryOfRes": "residence",
    **_ADDRESS,
    "Id/OrgId/LEI": "lei",
    "Id/OrgId/AnyBIC": "bic",
    "Id/OrgId/BICOrBEI": "bic",
    "Id/OrgId/Othr/Id": "other",
    "Id/OrgId/Othr/SchmeNm/Cd": "other_kind",
    "Id/PrvtId": "!private",
    "Id/PrvtId/Othr/Id": "other",
    "Id/PrvtId/Othr/SchmeNm/Cd": "other_kind",
    "Id/PrvtId/DtAndPlcOfBirth/BirthDt": "born",
}
_INSTITUTION = {
    "BICFI": "bic",
    "BIC": "bic",
    "CmbndId/BIC": "bic",
    "CmbndId/Nm": "name",
    "LEI": "lei",
    "Nm": "name",
    "ClrSysMmbId/MmbId": "member",
    "ClrSysMmbId/Id": "member",
    "Othr/Id": "member",
    "PrtryId/Id": "member",
    "PstlAdr/Ctry": "country",
}
_ACCOUNT = {
    "Id/IBAN": "iban",
    "Id/BBAN": "bban",
    "Id/UPIC": "number",
    "Id/PrtryAcct/Id": "number",
    "Id/Othr/Id": "number",
    "Id/Othr/SchmeNm/Cd": "number_kind",
    "Prxy/Id": "proxy",
    "Ccy": "currency",
    "Nm": "account_name",
}


class Side:
    """The keys of one end of a payment, or of the account a statement is about."""

    def __init__(self, name: str) -> None:
        self.iban, self.bban, self.number = f"{name}.iban", f"{name}.bban", f"{name}.number"
        self.number_kind, self.proxy = f"{name}.number_kind", f"{name}.proxy"
        self.currency, self.account_name = f"{name}.currency", f"{name}.account_name"
        self.name, self.residence, self.country = f"{name}.name", f"{name}.residence", f"{name}.country"
        self.lei, self.bic, self.member = f"{name}.lei", f"{name}.bic", f"{name}.member"
        self.other, self.other_kind = f"{name}.other", f"{name}.other_kind"
        self.private, self.born = f"{name}.private", f"{name}.born"
        self.street, self.house, self.line = f"{name}.street", f"{name}.house", f"{name}.line"
        self.postcode, self.city = f"{name}.postcode", f"{name}.city"
        self.bank = f"{name}.bank."
        self.bank_bic, self.bank_name, self.bank_member = (f"{name}.bank.{k}" for k in ("bic", "name", "member"))
        self.bank_country = f"{name}.bank.country"
        self.all = tuple(value for key, value in vars(self).items() if key != "bank")


@cache
def side(name: str) -> Side:
    """The keys of an end by its name in messages: Dbtr, Cdtr, UltmtDbtr."""
    return Side(name)


def party(path: str, name: str) -> dict[str, str]:
    """A party as such (to version 7), in `Pty` or `Agt` (from 8 on), or an institution."""
    found = {f"{path}/{inside}{at}": key for inside in ("", "Pty/") for at, key in _PARTY.items()}
    found |= {f"{path}/{inside}FinInstnId/{at}": key for inside in ("", "Agt/") for at, key in _INSTITUTION.items()}
    return _under(found, name)


def account(path: str, name: str) -> dict[str, str]:
    """An account."""
    return _under({f"{path}/{at}": key for at, key in _ACCOUNT.items()}, name)


def agent(path: str, name: str) -> dict[str, str]:
    """The institution that keeps an account."""
    return _under({f"{path}/FinInstnId/{at}": key for at, key in _INSTITUTION.items()}, f"{name}.bank")


def _under(found: dict[str, str], name: str) -> dict[str, str]:
    return {at: f"!{name}.{key[1:]}" if key[0] == "!" else f"{name}.{key}" for at, key in found.items()}
