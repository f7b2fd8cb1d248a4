"""In which country claim money can be frozen now: a tile a country, and a bar a country with its accounts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.languages import count, say
from followmoney.reports._carried import carried
from followmoney.reports._countries_plan import plan
from followmoney.reports._countries_rows import Country, countries
from followmoney.reports._drawing import Drawing
from followmoney.reports._labels import printable
from followmoney.reports._money import many, scales, some, sums, total, within

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.case import Case

MOST, LINES, _NAMED = 40, 12, 20


def draw(case: Case, *, ax: Axes | None = None, most: int = MOST) -> Axes:
    """Draw what can be frozen in each country, and what left it; returns the matplotlib Axes.

    Above, a tile a country, about where it lies: dark where claim money is now, light where it only passed. Below, a
    bar a country and currency, with a part for each account and asset; a bracket from the least to the most there
    whatever the rule, by one flow a country; and what left for other countries, cash, crypto or unknown ends. Beside
    it the legal clocks that may run there.

    Args:
        case: A case with a trace.
        ax: Axes to draw on; a new figure of the right size if not given.
        most: How many accounts and assets to draw at most; the others of a country are one part.

    Raises:
        SettingsError: The case has no trace.
    """
    return drawing(case, most=most).draw(ax)


def drawing(case: Case, *, most: int = MOST) -> Drawing:
    """The picture before it is painted, with what it leaves out."""
    found = case.recoverable()
    if case.trace is None or not len(found.places):
        return Drawing.empty(say("Nothing to draw: no account and no asset holds claim money."))
    rows = carried(case.trace)
    home = next(iter(sorted(case.trace.claimed)), "EUR")
    rates = rows.select("currency", "amount", "currency_received", "received").rows()
    scale = scales([*rates, *((c, 0, c, 0) for c in found.places["currency"].unique().sort())], home)
    every = countries(case, scale, most - LINES, LINES)
    placed = plan(every, scale, home)
    shown = sum(len(its.places) for its in every)
    ids = {i for part in found.places["paid_by"] for i in part} | {i for its in every for i in its.gone}
    folded = [name for its in every for name in its.folded]
    omitted = _omitted(len(found.places) - shown, folded)

    def paint(canvas: Any) -> None:  # noqa: ANN401
        from followmoney.reports import _plots_countries

        _plots_countries.paint(canvas, placed)

    held = total((its.currency, its.claim) for its in every)
    text = say(
        "Tiles stand about where countries lie; this is no map. Rule {rule}. Drawn {amount} of {all}: {shown} of "
        "{places} with a part of their own, smaller ones of a country as one. Brackets of several countries must not "
        "be added: the most in two is usually less than the sum. Money that left a country twice counts twice there. "
        "Which clock applies is for the court.",
        rule=case.trace.rule, amount=sums(held), all=sums(dict(found.totals.select("currency", "claim").iter_rows())),
        shown=shown, places=many(len(found.places), "place"),
    )  # fmt: skip
    marked = {its.currency for its in every} != {home}
    return Drawing(
        wide=placed.wide, tall=placed.tall, paint=paint,
        caption=" ".join([text, within(home, marked=marked), *omitted]), alt=_alt(every), omitted=omitted,
        shown=rows.filter(pl.col("id").is_in(sorted(ids))), titles=placed.titles,
    )  # fmt: skip


def _alt(every: list[Country]) -> str:
    said = "; ".join(
        say("{country} {claim}, left {left}", country=its.label, claim=sums({its.currency: its.claim}),
            left=sums({its.currency: its.left}))
        for its in every
    )  # fmt: skip
    return say("What can be frozen by country: {countries}.", countries=said)


def _omitted(small: int, folded: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    if small > 0:
        found.append(
            count(
                small,
                "{n} account or asset with less, in one part with the others of its country.",
                "{n} accounts and assets with less, in one part with the others of their country.",
            )
        )
    if folded:
        names = some([printable(name) for name in folded], _NAMED)
        found.append(say("Countries with less are one bar, without least and most: {names}.", names=names))
    return tuple(found)
