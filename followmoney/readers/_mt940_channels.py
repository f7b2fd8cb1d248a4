"""How an entry of a statement was paid, from the bank's codes."""

from __future__ import annotations

# Business transaction codes of the German banks (GVC): DFÜ-Abkommen, Anlage 3, and banks' public lists.
_GERMAN = {
    **dict.fromkeys(["001", "002", "011", "070", "101", "111"], "cheque"),
    **dict.fromkeys(["004", "005", "008", "020", "051", "052", "053", "054", "056", "059"], "wire"),
    **dict.fromkeys(["104", "105", "108", "109", "116", "117", "119", "152", "153", "154", "155"], "wire"),
    **dict.fromkeys(["156", "157", "159", "166", "169", "171", "174", "177", "191", "201", "202"], "wire"),
    "106": "card",
    **dict.fromkeys(["082", "083"], "cash"),
    "303": "securities",
}
# Transaction type identification codes of field 61 (SWIFT MT940, subfield 6).
_SWIFT = {
    **dict.fromkeys(["CHK", "TCK", "ECK", "CLR"], "cheque"),
    **dict.fromkeys(["TRF", "STO", "DDT", "RTI", "COL"], "wire"),
    **dict.fromkeys(["SEC", "SLE", "DIV", "CPN", "RED", "SUB", "EQA", "MAT", "RIG", "WAR"], "securities"),
}


def channel(type_code: str, german: str) -> str | None:
    """The channel by the German code where there is one, else by the code of field 61; None where neither says."""
    return _GERMAN.get(german) or _SWIFT.get(type_code[1:4].upper())
