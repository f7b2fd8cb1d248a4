"""Which ISO 20022 message a file holds, whatever it is called and whatever envelope it came in."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from followmoney.readers._streams import HEAD, head
from followmoney.readers._xml import SAFE

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
    lxml: Any = import_module("lxml.etree")
    data = head(path)
    parser = lxml.XMLPullParser(["start"], **SAFE)
    seen = 0
    try:
        for at in range(0, min(len(data), HEAD), 1024):
            parser.feed(data[at : at + 1024])
            for _, element in parser.read_events():
                found = NAMES.get(str(element.tag).rpartition("}")[2], "")
                seen += 1
                if found or seen > _DEEP:
                    return found
    except lxml.XMLSyntaxError:
        pass
    return ""
