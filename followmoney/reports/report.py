"""`report`: a case as a folder that a prosecutor can read and anybody can check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.errors import expect
from followmoney.languages import ENGLISH, say, speaking
from followmoney.reports import (
    _explorer,
    _formats,
    _found,
    _freeze,
    _freeze_first,
    _manifest,
    _method,
    _networks,
    _pictured,
    _schedules,
    _tables,
    _traced,
    _unknown,
)
from followmoney.reports._blocks import Figure, Section, Text
from followmoney.reports._cover import cover
from followmoney.reports._folder import MANIFEST, PAGE, whole
from followmoney.reports._html import html

if TYPE_CHECKING:
    from followmoney.case import Case
    from followmoney.settings import Settings


def report(
    case: Case,
    folder: str | Path,
    settings: Settings | None = None,
    formats: Sequence[str] | None = None,
    language: str | None = None,
) -> Path:
    """Write the report of a case into a folder, whole or not at all; returns the page.

    `report.html` is one file that opens anywhere, without the network, complete without scripts; with them it has a
    chart to click through. Beside it: findings.parquet, evidence.parquet, trace.parquet and ledgers.parquet (complete),
    assets.csv for a spreadsheet, and manifest.json with the hashes of inputs and outputs. Asked for "xlsx", also
    schedules.xlsx: payments and ledgers whose traced figures are formulas, under three rules, from opening balances
    that can be changed. The same case gives the same bytes. Only the owner can read the files.

    Args:
        case: What to report; missing parts are said to be missing.
        folder: A new folder, or one that holds an earlier report, which is replaced.
        settings: Repeated word for word in the report.
        formats: What to write; the page ("html") is always there. None: what the settings say.
        language: Of the page: "en", "fr" or "it"; the tables, their codes and names are the same in all. Figures and
            dates are written alike (12,345.50; 2024-06-30). None: what the settings say.

    Raises:
        SettingsError: The folder holds anything else, there is no such format or language, or a format needs an extra
            that is not installed; nothing was touched.
        ReconcileError: The figures do not add up.
    """
    from followmoney.case import Case

    expect("report", case, Case, "a case: fm.Case(name, findings, networks, trace)")
    target = Path(folder).absolute()
    chosen = language if language is not None else settings.report.language if settings is not None else ENGLISH
    with speaking(chosen), whole(target) as work:
        given = _manifest.run(case, "" if settings is None else settings.to_toml())
        fingerprint = _manifest.fingerprint(given)
        asked = formats if formats is not None else settings.report.formats if settings is not None else ()
        rows = _tables.write(case, work) | _formats.write(case, work, asked, fingerprint)
        page = _page(case, given["settings"], fingerprint, _manifest.hashes(work))
        (work / PAGE).write_text(page, encoding="utf-8")
        _manifest.write(work / MANIFEST, given, rows)
    return Path(folder) / PAGE


def _page(case: Case, settings: str, fingerprint: str, outputs: dict[str, str]) -> str:
    places = _schedules.places(case)
    pictured = [_pictured.flow(case, places), _pictured.chronology(case, places), _pictured.ownership(case, places)]
    omitted = [s for section in pictured for b in section.blocks if isinstance(b, Figure) for s in b.picture.omitted]
    sections = [
        Section("finding", say("The finding"), (Text(case.sentence(), strong=True),)),
        _freeze.freeze(case, places),
        _freeze_first.recoverable(case),
        *pictured,
        _explorer.explorer(case, places),
        _found.findings(case, places),
        _networks.networks(case),
        _traced.tracing(case),
        _unknown.unknown(case, omitted),
        _schedules.schedule_a(case),
        _schedules.schedule_b(case),
        _method.method(settings, _manifest.versions()),
        _method.glossary(),
        _method.checking(outputs, fingerprint),
    ]
    return html(case.name, cover(case, fingerprint), sections)
