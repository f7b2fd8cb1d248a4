"""`followmoney note`: what an analyst decided, written into the journal of the case."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from followmoney.cli._output import AUTO, Output, aside, show
from followmoney.errors import InputError, ReconcileError, SettingsError

_SHOWN = ("number", "kind", "about", "why", "who", "when", "source")
_SEVERAL = Parameter(negative=(), show_default=False)


def note(
    journal: Path,
    /,
    *,
    kind: Literal["adopt", "exclude", "exculpatory", "handling", "include", "note"] | None = None,
    about: Annotated[tuple[str, ...], _SEVERAL] = (),
    why: str | None = None,
    who: str | None = None,
    when: date | None = None,
    source: str | None = None,
    head: str | None = None,
    output: Output = AUTO,
) -> None:
    """Write down what an analyst decided in a case, with who, when and why; entries are added, never changed.

    Without --kind: check and show the journal. Each entry is chained to the one before by its hash, so one that is
    altered, removed or put in is found: such a journal cannot be read (exit code 2). The hash of the last is printed:
    write it down where nobody can change it, and give it as --head to find the last ones cut off, or any other journal
    in its place (exit code 4, whatever was done to it). A run reads the journal with --journal; keep the file
    outside of the folder of the run, which has a copy of its own.

    Parameters
    ----------
    journal:
        File of the journal (JSON Lines); made with its first entry.
    kind:
        include or exclude (findings; an excluded one is listed apart, with the reason), adopt (a tracing rule, followed
        where no other is named), note, exculpatory (a fact that speaks for a person; always shown), or handling (codes
        like H1 or TLP:AMBER, on every output from now on).
    about:
        Finding, account, party, transaction, asset, rule or handling code it is about; give it again for another.
    why:
        The reason, or the fact, in a sentence.
    who:
        The analyst.
    when:
        The day of the decision; not given: today (UTC).
    source:
        Document and page it stands in; a note and an exculpatory fact need one.
    head:
        The hash of the last entry as it was written down.
    """
    from followmoney.case import Entry, Journal

    given = (about, why, who, when, source)
    if kind is None and any(given):
        raise SettingsError(
            "What kind of entry is it? Say --kind note, exculpatory, include, exclude, adopt or handling."
        )
    try:
        found = Journal.read(journal) if kind is None or journal.exists() else Journal()
    except InputError as error:
        if head is None or not journal.is_file():
            raise
        raise ReconcileError(f"The journal is not the one that ended with {head.strip()}. {error}") from None
    if head is not None and found.head != head.strip().lower():
        raise ReconcileError(
            f"{journal} ends with {found.head}, not {head}: entries were added since, or the last ones cut off."
        )
    if kind is not None:
        day = when or datetime.now(UTC).date()
        found = found.add(Entry(kind, about, why or "", who or "", day, source))
        found.save(journal)
    entries = found.frame()
    show(entries.tail(1) if kind is not None else entries, output, columns=_SHOWN, empty="No entries.")
    aside([f"Head: {found.head}"], output)
