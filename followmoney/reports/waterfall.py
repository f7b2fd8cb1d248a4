"""What a finding rests on: thresholds that add to its strength, and innocent explanations that pull the other way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from followmoney.languages import count, retell, say
from followmoney.reports import anchors
from followmoney.reports._codes import code
from followmoney.reports._drawing import Drawing
from followmoney.reports._money import many
from followmoney.reports._waterfall_plan import plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from followmoney.finding import Finding

MOST = 12


def draw(finding: Finding, *, ax: Axes | None = None, most: int = MOST) -> Axes:
    """Draw what the strength of a finding is made of, and what speaks against it; returns the matplotlib Axes.

    One bar a threshold, from the strength so far to the strength with it; then the strength, from 0 to 1. An innocent
    explanation that fits is a hollow arrow back from there: how far it goes is for the reader to weigh, so all of them
    are of one length, and none takes anything off the figure.

    Args:
        finding: One of those that `followmoney.detect` returns.
        ax: Axes to draw on; a new figure of the right size if not given.
        most: How many thresholds, and how many explanations, to draw at most: those that add most come first.
    """
    return drawing(finding, most=most).draw(ax)


def drawing(finding: Finding, *, most: int = MOST, against: Sequence[str] = ()) -> Drawing:
    """The picture before it is painted; `against` is what analysts noted in favour of the subject."""
    every = finding.waterfall().rows(named=True)
    steps = [row for row in every if row["threshold"] is not None]
    spoken = [*against, *(retell(row["meaning"]) for row in every if row["threshold"] is None)]
    kept = sorted(sorted(range(len(steps)), key=lambda n: (-steps[n]["adds"], n))[:most])
    left = [steps[n] for n in range(len(steps)) if n not in kept]
    drawn, shown = [steps[n] for n in kept], spoken[:most]
    placed = plan(drawn, sum(row["adds"] for row in left), finding.strength, shown, anchors.evidence(finding.id))
    omitted = _omitted(left, len(spoken) - len(shown))

    def paint(canvas: Any) -> None:  # noqa: ANN401
        from followmoney.reports import _plots_waterfall

        _plots_waterfall.paint(canvas, placed)

    said = say(
        "{pattern}: strength {strength}, from 0 to 1. Drawn {adds} of {strength} in {shown} of {steps}, and {against} "
        "of {all} that speak against it. A hollow arrow is one of these: its length means nothing, and it takes "
        "nothing off the figure; how much it weighs is for the reader.",
        pattern=code(finding.pattern), strength=_figure(finding.strength),
        adds=_figure(sum(row["adds"] for row in drawn)), shown=len(drawn), steps=many(len(steps), "threshold"),
        against=len(shown), all=many(len(spoken), "fact"),
    )  # fmt: skip
    alt = say(
        "Waterfall of {pattern} about {subject}: {parts}; strength {strength}. Speaks against it: {against}.",
        pattern=code(finding.pattern), subject=finding.label,
        parts="; ".join(f"{row['threshold']} +{_figure(row['adds'])}" for row in drawn) or say("no thresholds"),
        strength=_figure(finding.strength), against=" ".join(shown).rstrip(".") or say("nothing that was found"),
    )  # fmt: skip
    return Drawing(
        wide=placed.wide, tall=placed.tall, paint=paint, caption=" ".join([said, *omitted]), alt=alt, omitted=omitted,
        shown=finding.rows(),
        titles={f"step-{n}": f"{row['threshold']}: {retell(row['meaning'])}" for n, row in enumerate(drawn)}
        | {f"against-{n}": text for n, text in enumerate(shown)},
    )  # fmt: skip


def _figure(strength: float) -> str:
    return f"{strength:.2f}"


def _omitted(left: Sequence[dict[str, Any]], facts: int) -> tuple[str, ...]:
    found: list[str] = []
    if left:
        found.append(
            count(
                len(left),
                "{n} threshold that adds {adds}, in a bar of its own, for want of room.",
                "{n} thresholds that add {adds} together, in one bar, for want of room.",
                adds=_figure(sum(row["adds"] for row in left)),
            )
        )
    if facts:
        found.append(
            count(
                facts,
                "{n} fact that speaks against the finding, for want of room: it is in the list.",
                "{n} facts that speak against the finding, for want of room: they are in the list.",
            )
        )
    return tuple(found)
