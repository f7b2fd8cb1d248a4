"""`report`: a case as a folder that a prosecutor can read and anybody can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.errors import expect
from followmoney.languages import ENGLISH, speaking
from followmoney.reports import _formats, _manifest, _tables
from followmoney.reports._folder import JOURNAL, MANIFEST, PAGE, TEMPLATE, whole
from followmoney.reports._handled import handled
from followmoney.reports._html import html
from followmoney.reports._pack import Pack
from followmoney.reports._statement.template import opened

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.settings import Settings


def report(  # noqa: PLR0917 - what comes after the folder is named by whoever calls
    case: Case,
    folder: str | Path,
    settings: Settings | None = None,
    formats: Sequence[str] | None = None,
    language: str | None = None,
    template: str | Path | None = None,
) -> Path:
    """Write the report of a case into a folder, whole or not at all; returns the page.

    `report.html` is one file that opens anywhere, without the network, complete without scripts; with them it has a
    chart to click through. Beside it: findings.parquet, evidence.parquet, trace.parquet and ledgers.parquet (complete),
    assets.csv for a spreadsheet, and manifest.json with the hashes of inputs and outputs. Names and texts of more than
    500 characters are shown cut; names.parquet, then there too, has the names whole. Asked for "xlsx", also
    schedules.xlsx: payments and ledgers whose traced figures are formulas, under three rules, from opening balances
    that can be changed. Asked for "pdf", also report.pdf: the page on paper (PDF/A-3a, PDF/UA-1) with the tables
    attached. Asked for "docx", also statement.docx: what a witness completes and signs, in a template of yours or
    ours. Where analysts decided anything, journal.jsonl and a chapter of every format have it, and handling codes
    stand on top of the page, of every sheet of paper, schedule and workbook. The same case gives the same bytes. Only
    the owner can read the files.

    Args:
        case: What to report; missing parts are said to be missing.
        folder: A new folder, or one that holds an earlier report, which is replaced.
        settings: Repeated in the report, with the formats, the language and the template that were used.
        formats: What to write; the page ("html") is always there. None: what the settings say.
        language: Of the page: "en", "fr" or "it"; the tables, their codes and names are the same in all. Figures and
            dates are written alike (12,345.50; 2024-06-30). None: what the settings say.
        template: A .docx document of your own for the statement (`statement_template` writes ours, to begin with).
            None: what the settings say, or ours. A copy of it, template.docx, lies beside the statement.

    Raises:
        SettingsError: The folder holds anything else, there is no such format or language, the template cannot be
            read, or a format needs an extra that is not installed; nothing was touched.
        ReconcileError: The figures do not add up.
    """
    from followmoney.case import Case

    expect("report", case, Case, "a case: fm.Case(name, findings, networks, trace)")
    target = Path(folder).absolute()
    chosen = language if language is not None else settings.report.language if settings is not None else ENGLISH
    named = template if template is not None or settings is None else settings.template()
    own = None if named is None else opened(named)
    asked = formats if formats is not None else settings.report.formats if settings is not None else ()
    wanted = _formats.ready(asked, own)
    used = {"formats": tuple(asked), "language": chosen, "template": TEMPLATE if own else None}
    told = None if settings is None else replace(settings, report=replace(settings.report, **used))
    with speaking(chosen, _names(case, chosen)), whole(target) as work:
        given = _manifest.run(case, told.to_toml() if told else "")
        if own is not None:
            given["template"] = own.sha256
            (work / TEMPLATE).write_bytes(own.content)
        pack = Pack(case, given, own)
        if len(case.journal):
            case.journal.save(work / JOURNAL)
        rows = _tables.write(case, work, pack.long.names) | _formats.write(pack, work, wanted)
        page = html(case.name, pack.cover, pack.sections(work), handled(case.handling))
        (work / PAGE).write_text(page, encoding="utf-8")
        _manifest.write(work / MANIFEST, pack.given, rows)
    return Path(folder) / PAGE


def kept(settings: Settings) -> Settings:
    """The settings as they are told: the template is the copy of it that lies beside the report."""
    if settings.report.template is None:
        return settings
    return replace(settings, report=replace(settings.report, template=TEMPLATE))


def _names(case: Case, language: str) -> frozenset[str]:
    """What sentences may list by name; English needs none."""
    if case.ledger is None or language == ENGLISH:
        return frozenset()
    rows = case.ledger.numbered
    found = {*case.ledger.parties["name"].drop_nulls(), *case.ledger.parties["id"], *case.ledger["accounts"]["id"]}
    return frozenset({*found, *(rows["place"].drop_nulls().unique() if "place" in rows.columns else ())})
