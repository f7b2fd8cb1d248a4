"""`followmoney owners`: who owns or controls each company in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from followmoney.cli._flags import Given, command, settings
from followmoney.cli._open import opened
from followmoney.cli._output import AUTO, Output, aside, show
from followmoney.cli._paths import Paths
from followmoney.cli._unknown_owners import said
from followmoney.errors import SettingsError, unknown
from followmoney.settings._named import shares

if TYPE_CHECKING:
    import polars as pl

    from followmoney.ledger import Ledger

_SHOWN = 5  # things too many have in common


@command("load")
def owners(
    path: Paths,
    /,
    *,
    on: str | None = None,
    known_on: str | None = None,
    company: tuple[str, ...] = (),
    by_law: bool = False,
    threshold: float | None = None,
    lower: tuple[str, ...] = (),
    reach: str | None = None,
    links: Annotated[bool, Parameter(negative=())] = False,
    payments: Annotated[bool, Parameter(negative=())] = False,
    output: Output = AUTO,
    given: Given | None = None,
) -> None:
    """Say who owns or controls each company in the end, with the least and most share and the way there.

    What was left out, and what does not add up, is said below (on stderr where stdout is for machines).

    Parameters
    ----------
    path:
        Files, folders of files, a saved ledger or the folder of a run.
    on:
        Day the ownership is asked for, like 2024-06-30; not given: every holding of which no end is recorded.
    known_on:
        What the registers knew on this day, where they say when they knew it; not given: what they know now.
    company:
        Only this company (its identifier), and what is above it; give it again for another.
    by_law:
        Only beneficial owners under Regulation (EU) 2024/1624, each with the article and the ground; below, who is not
        known, and the directors where no owner is certain.
    threshold:
        With --by-law or --payments: the ownership interest that makes a beneficial owner, inclusive (not given:
        owners.threshold of the settings, 0.25).
    lower:
        With --by-law or --payments: a lower one for a sector with higher risks (art. 52(2)), by the beginning of its
        NACE code, like 64=0.15. Give it again for another. Not given: owners.lower of the settings.
    reach:
        Instead, all accounts within reach of this party, or from this account on over the owners of its holder.
    links:
        Instead, parties that have an address, a director, an agent, a signatory or a terminal in common; below, what
        too many have in common to say anything.
    payments:
        Instead, every payment with the person behind either end on its day (as `cluster --by beneficial_owner` counts
        them), or why nobody is; with --company only payments from or to its accounts.
    """
    lesser = shares("--lower", lower)
    also = {"--reach": reach is not None, "--by-law": by_law, "--known-on": known_on is not None}
    for name, asked, others in (
        ("--links", links, {**also, "--company": bool(company)}),
        ("--payments", payments, {**also, "--links": links, "--on": on is not None}),
    ):
        if asked and (flag := next((flag for flag, there in others.items() if there), None)):
            raise SettingsError(f"{name} and {flag} do not go together; leave one of them out.")
    for name, there in (("--lower", bool(lesser)), ("--threshold", threshold is not None)):
        if there and not (by_law or payments):
            raise SettingsError(
                f"{name} says more about --by-law or --payments, which are not asked for; give one of them, or leave "
                f"{name} out."
            )
    chosen = settings(given, path)
    ledger = opened(path, chosen)
    names: dict[str, str] = dict(ledger.parties.select("id", "name").drop_nulls().iter_rows())
    if links:
        from followmoney.graph.links import links as shared

        both = shared(ledger, as_of=on)
        show(_named(_named(both.frame, names, "party"), names, "other"), output,
             empty="No two parties have anything in common.")  # fmt: skip
        aside([f"Note: {sentence}" for sentence in _mass(both.mass)], output)
        return
    if reach is not None:
        from followmoney.graph.reach import reach as within

        frame = within(ledger, reach, as_of=on, known_on=known_on)
        shown = frame.select("account", "holder", "how", "article", "way") if output.kind == "table" else frame
        show(shown, output, empty=f"No account is within reach of {reach}.")
        return
    companies = _known(ledger, company)
    least = chosen.owners.threshold if threshold is None else threshold
    lower_ones = lesser or chosen.lower()
    if payments:
        from followmoney.cli._payments_shown import named, short
        from followmoney.graph.payments import owners_of_payments

        behind = named(owners_of_payments(ledger, companies=companies, threshold=least, lower=lower_ones), names)
        show(short(behind) if output.kind == "table" else behind, output, empty="There are no such payments.")
        return
    if by_law:
        from followmoney.graph.beneficial import beneficial_owners

        by = beneficial_owners(
            ledger, as_of=on, known_on=known_on, companies=companies, threshold=least, lower=lower_ones
        )  # fmt: skip
        frame = _named(_named(by.frame, names, "company"), names, "person")
        shown = _grounds(by.frame, names) if output.kind == "table" else frame
        show(shown, output, empty="No beneficial owner is known.")
        aside([f"Note: {sentence}" for sentence in (*by.notes, *said(by, names, ledger))], output)
        return
    from followmoney.graph.ownership import owners as effective

    found = effective(ledger, as_of=on, known_on=known_on, companies=companies)
    frame = _named(_named(found.frame, names, "company"), names, "person")
    show(
        _short(frame, names) if output.kind == "table" else frame, output, empty="No person is recorded to own shares."
    )
    aside([f"Note: {sentence}" for sentence in found.notes], output)


def _known(ledger: Ledger, companies: tuple[str, ...]) -> tuple[str, ...] | None:
    """The companies asked for; None: all. One that nobody knows is an error."""
    if not companies:
        return None
    known = {*ledger.parties["id"], *ledger.interests["owned"]}
    for one in companies:
        if one not in known:
            raise SettingsError(unknown("company", one, _companies(ledger) or known))
    return companies


def _companies(ledger: Ledger) -> set[str]:
    """What may be asked for: whatever has an identifier of its own, and is no person."""
    others = ledger.parties.filter((ledger.parties["kind"].cast(str) != "person").fill_null(value=True))["id"]
    return {one for one in (*others, *ledger.interests["owned"]) if not one.startswith("unnamed:")}


def _mass(mass: pl.DataFrame) -> list[str]:
    """What too many have in common, in sentences; the largest five by name."""
    told = [
        f"{parties:,} parties have the {what} {value!r} in common; by itself it links nobody."
        for what, value, parties in mass.head(_SHOWN).select("what", "value", "parties").iter_rows()
    ]
    return [*told, f"{len(mass) - _SHOWN:,} more such."] if len(mass) > _SHOWN else told


def _grounds(frame: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """For people: names beside identifiers, shares in percent, and whether it is certain; votes where they differ."""
    import polars as pl

    rows = [
        (_both(person, names), _both(company, names), article, ground if certain else f"possibly {ground}",
         _percent(least, most), _percent(fewest, votes), path)
        for company, person, article, ground, certain, least, most, fewest, votes, path in frame.select(
            "company", "person", "article", "ground", "certain", "share_min", "share_max", "votes_min", "votes_max",
            "path",
        ).iter_rows()
    ]  # fmt: skip
    columns = ("person", "company", "article", "ground", "share", "votes", "path")
    shown = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return shown.drop("votes") if shown["votes"].equals(shown["share"]) else shown


def _named(frame: pl.DataFrame, names: dict[str, str], column: str) -> pl.DataFrame:
    import polars as pl

    said = pl.Series(f"{column}_name", [names.get(one) for one in frame[column].to_list()], dtype=pl.String)
    return frame.insert_column(frame.columns.index(column) + 1, said)


def _short(frame: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """For people: names beside the identifiers that the way is written in, and shares in percent."""
    import polars as pl

    wanted = frame.select("person", "company", "share_min", "share_max", "path")
    rows = [
        (_both(person, names), _both(company, names), _percent(least, most), path)
        for person, company, least, most, path in wanted.iter_rows()
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("person", "company", "share", "path"), pl.String), orient="row")


def _both(party: str, names: dict[str, str]) -> str:
    return f"{names[party]}, {party}" if party in names else party


def _percent(least: float, most: float) -> str:
    if not most:
        return "none stated"
    low, high = (f"{share * 100:.2f}" for share in (least, most))
    return f"{low} %" if low == high else f"{low} to {high} %"
