"""Where the tile of a country stands: our own scheme of Europe, and a row for all countries beyond."""

from __future__ import annotations

_EUROPE = """
IS .. .. .. NO SE FI .. ..
.. IM .. .. .. .. .. EE RU
IE GB .. .. DK .. .. LV ..
GG JE .. NL DE PL LT BY ..
.. .. BE LU CZ SK UA MD ..
.. .. FR CH AT HU RO GE AZ
.. AD MC LI SI HR RS BG AM
PT ES SM IT .. BA ME XK TR
GI .. VA MT .. AL MK GR CY
"""
COLUMNS = 9
ROWS = 9
PLACES = {
    code: (x, y)
    for y, line in enumerate(_EUROPE.split("\n")[1:-1])
    for x, code in enumerate(line.split(" "))
    if code != ".."
}
"""Column and row of each country of the scheme, by its ISO 3166 code."""


def beyond(codes: set[str]) -> dict[str, tuple[int, int]]:
    """Places for countries that the scheme lacks: rows below it, one row free."""
    return {code: (n % COLUMNS, ROWS + 1 + n // COLUMNS) for n, code in enumerate(sorted(codes - {*PLACES}))}
