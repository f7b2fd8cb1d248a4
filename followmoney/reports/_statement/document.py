"""`statement.docx`: what a witness can sign, in the template of the house or in ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from followmoney.errors import SettingsError
from followmoney.reports._statement._fill import filled
from followmoney.reports._statement._ours import ours
from followmoney.reports._statement._says import says
from followmoney.reports._statement.template import Template

if TYPE_CHECKING:
    from followmoney.reports._pack import Pack

_OURS = "The template of followmoney"


def write(pack: Pack, path: Path) -> int:
    """Write the statement of a case; returns how many rows of Schedule A a template is given.

    Raises:
        SettingsError: The template cannot be read or filled in.
    """
    given = says(pack, pack.sections(path.parent))
    template = pack.template or Template(_OURS, ours())
    path.write_bytes(filled(template.content, template.name, given))
    return sum(len(table["rows"]) for table in given["chapters"]["schedule_a"]["tables"])


def statement_template(path: str | Path) -> Path:
    """Write our own template of a statement, to be changed in a word processor; returns its path.

    A template shows variables, `{{ case }}`, and repeats, `{%p for part in parts %}` … `{%p endfor %}` (paragraphs),
    `{%tr … %}` (rows of a table), `{%tc … %}` (columns). There are: case, kind, handling, question, answer, rule, run,
    fingerprint; parts and schedules (each with title, level, paragraphs, tables, blanks; level 2 is a heading within
    the part before); and every chapter of the report by the name its address has in report.html, with _ for -, as in
    `chapters.freeze` (title, texts, points, blanks, tables; a table has heads, rows, note; widths and wide, of
    its columns in twentieths of a point on a page that stands or lies). Case, question and answer are a sentence each;
    run are the first 16 signs of the fingerprint. A repetition in a table is
    `{%tr for row in chapters.freeze.tables[0].rows %}` alone in its row, then a row with `{{ row[0] }}`, then
    `{%tr endfor %}` alone in its row. What is shown is text, whatever it looks like. A template can run nothing, and a
    variable that is not there is an error.

    Raises:
        SettingsError: There is a file of that name.
    """
    out = Path(path)
    try:
        with out.open("xb") as file:
            file.write(ours())
    except FileExistsError:
        raise SettingsError(f"{out} is there already; name a new file.") from None
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.") from None
    return out
