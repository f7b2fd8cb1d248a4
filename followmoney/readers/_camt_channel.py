"""How value moved, by the bank transaction code of ISO 20022 (domain, family, sub-family)."""

from __future__ import annotations

from functools import lru_cache

from followmoney.readers._iso_shape import Found

_CASH = frozenset({"CDPT", "CWDL", "XBCW", "BCDP", "BCWD", "FCDP", "FCWD", "MSCD"})
_CHEQUES = frozenset({"CHKD", "TCDP", "TCWD", "CCHQ", "XBCQ", "ORCQ"})
_COSTS = frozenset({"CHRG", "COMM", "COMT", "FEES", "INTR", "TAXE"})
_TRANSFERS = frozenset({"RCDT", "ICDT", "RRCT", "IRCT", "RDDT", "IDDT"})
_FAMILIES = {
    "CCRD": "card", "MCRD": "card", "ICHQ": "cheque", "RCHQ": "cheque", "CNTR": "cash",
    **dict.fromkeys(_TRANSFERS, "wire"),
}  # fmt: skip
_DOMAINS = {"SECU": "securities", "CAMT": "internal"}  # CAMT: sweeps between accounts of one customer


def channel(found: Found) -> str | None:
    """The channel of what was moved; None where the code does not say, and for charges, interest and taxes."""
    return _channel(found.get("domain"), found.get("family"), found.get("kind"))


@lru_cache(maxsize=1024)
def _channel(domain: str | None, family: str | None, kind: str | None) -> str | None:
    if domain != "PMNT":
        return _DOMAINS.get(domain or "")
    if kind in _COSTS:
        return None
    if kind in _CASH and family in ("CNTR", "CCRD", "MCRD", "OTHR"):
        return "cash"
    if kind in _CHEQUES:
        return "cheque"
    return "internal" if kind == "BOOK" and family in _TRANSFERS else _FAMILIES.get(family or "")
