"""What a payment was for, and what the parties call it."""

from __future__ import annotations

from followmoney.readers._iso_shape import Found, each, meant

_NAMES = ("EndToEndId", "UETR", "TxId", "InstrId", "ChqNb")


def purpose(detail: Found, added: str | None) -> str | None:
    """The remittance text as written, then the references of documents in it; else what the bank adds of its own.

    Whom it is for in the end, where another than the creditor, stands behind it in brackets.
    """
    words = each(detail, "text") + each(detail, "creditor_reference") + each(detail, "document")
    words += each(detail, "further")
    if not words and added:
        words = [added]
    if (name := meant(detail, "UltmtCdtr.name")) is not None:
        words.append(f"[ultimate creditor: {name}]")
    return " ".join(words) or None


def reference_of(detail: Found) -> str | None:
    """The reference from end to end; else that of the transfer, the transaction, the instruction, the cheque."""
    for name in _NAMES:
        if name in detail and (text := meant(detail, name)) is not None:
            return text
    return None
