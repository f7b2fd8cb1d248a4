"""Which ISO 20022 message a file holds, whatever it is called and whatever envelope it came in."""

from __future__ import annotations

from pathlib import Path

from followmoney.readers._xml import starts

STATEMENT, REPORT, NOTIFICATION = "BkToCstmrStmt", "BkToCstmrAcctRpt", "BkToCstmrDbtCdtNtfctn"
ORDER, SETTLED, BETWEEN = "CstmrCdtTrfInitn", "FIToFICstmrCdtTrf", "FICdtTrf"
_OLD = {"pain.001.001.02": ORDER, "pacs.008.001.01": SETTLED, "pacs.009.001.01": BETWEEN}
"""The first versions called the message by its number."""
NAMES = {
    **{name: name for name in (STATEMENT, REPORT, NOTIFICATION, ORDER, SETTLED, BETWEEN)},
    **_OLD,
    "FIToFICstmrCdtTrfV01": SETTLED,
    "FinInstnCdtTrf": BETWEEN,
}
_DEEP = 200  # elements looked at: an envelope and its header


def message(path: Path) -> str:
    """The message's name as in NAMES' values; empty where the file holds none that is read."""
    for seen, element in enumerate(starts(path), 1):
        found = NAMES.get(str(element.tag).rpartition("}")[2], "")
        if found or seen > _DEEP:
            return found
    return ""
