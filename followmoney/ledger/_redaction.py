"""What becomes of every column of every table in a redacted ledger; a column that is not named here is dropped."""

from __future__ import annotations

from types import MappingProxyType

KEPT, DROPPED = "kept", "dropped"
FIRMS = "kept, but for persons"
CODE = "kept where it is a code"
RANK = "kept as a rank within the instant"
EITHER = "pseudonym (account, else party)"
WHO = "pseudonym (party, else name)"

_PSEUDONYM = "pseudonym ({})"
_DAYS = ("start", "end")


def pseudonym(kind: str) -> str:
    """The treatment of a column whose cells become pseudonyms of a kind."""
    return _PSEUDONYM.format(kind)


def kind_of(treatment: str) -> str | None:
    """The kind of pseudonym a treatment gives; None where it gives none, or one by the cell."""
    inside = treatment.removeprefix("pseudonym (").removesuffix(")")
    return None if inside == treatment or "," in inside else inside


_ACCOUNT, _PARTY, _TRANSACTION, _ASSET = (pseudonym(k) for k in ("account", "party", "transaction", "asset"))
_SOURCED = {"source": pseudonym("source"), "row": KEPT}
_TABLES: dict[str, dict[str, str]] = {
    "transactions": {
        "id": _TRANSACTION, "originator": _ACCOUNT, "beneficiary": _ACCOUNT, "reverses": _TRANSACTION,
        "reference": pseudonym("reference"), "terminal": pseudonym("terminal"), "conductor": WHO, "sequence": RANK,
        "purpose": DROPPED, "place": DROPPED,
        **dict.fromkeys(("booked_at", "value_date", "amount", "currency", "amount_received", "currency_received",
                         "channel", "status", "side", "count"), KEPT),
    },
    "accounts": {
        "id": _ACCOUNT, "holder": _PARTY, "institution": pseudonym("institution"),
        **dict.fromkeys(("scheme", "country", "currency", "opened", "closed"), KEPT),
    },
    "parties": {
        "id": _PARTY, "name": pseudonym("name"), "kind": KEPT, "country": KEPT,
        **dict.fromkeys(("founded", "founded_latest", "dissolved"), FIRMS), "sector": CODE,
        "lei": pseudonym("lei"), "vat": pseudonym("vat"),
        **dict.fromkeys(("status", "register_number", "income", "income_currency"), DROPPED),
    },
    "addresses": {
        "party": _PARTY, "country": KEPT, **dict.fromkeys(_DAYS, KEPT),
        **dict.fromkeys(("street", "postcode", "city"), DROPPED),
    },
    "roles": {"party": _PARTY, "of": EITHER, "kind": KEPT, **dict.fromkeys(_DAYS, KEPT), "detail": DROPPED},
    "interests": {
        "owner": _PARTY, "owned": _PARTY, "detail": DROPPED,
        **dict.fromkeys(("kind", "share_min", "share_max", "direct", *_DAYS, "known_from", "known_to"), KEPT),
    },
    "assets": {
        "id": _ASSET, "holder": _PARTY, "acquired_by": _TRANSACTION, "description": DROPPED,
        **dict.fromkeys(("kind", "value", "currency", "valued_at", "encumbrance", "country"), KEPT),
    },
    "trades": {
        "id": pseudonym("trade"), "transaction": _TRANSACTION, "seller": _PARTY, "buyer": _PARTY, "goods": CODE,
        "document": pseudonym("document"), **dict.fromkeys(("quantity", "unit", "terms"), DROPPED),
        **dict.fromkeys(("value", "currency", "origin", "destination", "issued_at", "shipped_at"), KEPT),
    },
    "finances": {
        "party": _PARTY, "description": pseudonym("description"),
        **dict.fromkeys(("kind", *_DAYS, "amount", "currency"), KEPT),
    },
    "balances": {
        "account": _ACCOUNT, "after": _TRANSACTION, **dict.fromkeys(("at", "amount", "currency", "kind"), KEPT),
    },
    "statements": {
        "account": _ACCOUNT, **dict.fromkeys((*_DAYS, "opening", "closing", "currency", "movements"), KEPT),
        "entries": DROPPED,
    },
    "mirrors": {
        "id": _TRANSACTION, "transaction": _TRANSACTION, **dict.fromkeys(("booked_at", "value_date"), KEPT),
    },
}  # fmt: skip
TREATMENTS = MappingProxyType({name: MappingProxyType(columns | _SOURCED) for name, columns in _TABLES.items()})
"""By table and column. Kept is what is a code, a day, a number or an amount; no text that a source wrote freely is."""
