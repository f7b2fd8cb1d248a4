"""Who owns a party and what it owns: natural persons above, companies below, circles closed along the side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from followmoney.languages import count, say
from followmoney.reports._drawing import Drawing
from followmoney.reports._labels import brief
from followmoney.reports._money import many
from followmoney.reports._ownership_chart import PERSON, Chart, chart
from followmoney.reports._ownership_chart import party as known
from followmoney.reports._ownership_plan import Plan, plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.ledger import Ledger

MOST = 24


def draw(ledger: Ledger, *, party: str, ax: Axes | None = None, most: int = MOST) -> Axes:
    """Draw who owns a party and what it owns; returns the matplotlib Axes.

    Args:
        ledger: Its tables of parties, interests, roles and assets are used.
        party: Identifier of a party, or its exact name.
        ax: Axes to draw on; a new figure of the right size if not given.
        most: How many parties to draw at most: the nearest.
    """
    return drawing(ledger, party=party, most=most).draw(ax)


def drawing(ledger: Ledger, *, party: str, most: int = MOST) -> Drawing:
    """The picture before it is painted, with what it leaves out."""
    subject = known(ledger, party)
    found = chart(ledger, subject, most)
    placed = plan(found)
    name = brief(next(c.name for c in found.cards if c.subject))

    def paint(canvas: Any) -> None:  # noqa: ANN401
        from followmoney.reports import _plots_ownership

        _plots_ownership.paint(canvas, placed)

    left = (
        count(found.beyond, "{n} party further away, not drawn.", "{n} parties further away, not drawn.")
        if found.beyond
        else ""
    )
    persons = [brief(c.name) for c in found.cards if c.kind == PERSON]
    shown = pl.DataFrame([{"table": _table(r), "source": r["source"], "row": r["row"]} for r in found.rows])
    return Drawing(
        wide=placed.wide, tall=placed.foot, paint=paint, caption=_caption(name, found, placed, left),
        alt=say(
            "Ownership chart of {name}: {interests}, natural persons: {persons}.",
            name=name, interests=many(found.drawn, "interest"), persons=", ".join(persons) or say("none known"),
        ),
        omitted=(left,) if left else (), shown=shown,
    )  # fmt: skip


def _table(row: dict[str, Any]) -> str:
    return "interests" if "owned" in row else "roles" if "party" in row else "assets"


def _caption(name: str, found: Chart, placed: Plan, left: str) -> str:
    said = [
        say(
            "{name}: owners above, what is owned below. Blue and round: natural persons; boxes: legal entities; gold: "
            "assets. Dashed: a role, or an interest that has ended. Drawn {drawn} of {interests}.",
            name=name, drawn=found.drawn, interests=many(found.interests, "interest"),
        )
    ]  # fmt: skip
    if circles := sum(w.back for w in placed.ways):
        said.append(
            count(
                circles,
                "{n} holding closing a circle, along the side.",
                "{n} holdings closing a circle, along the side.",
            )
        )
    if not found.interests:
        said.append(say("No register that was loaded says who owns it."))
    return " ".join([*said, left]).strip()
