"""Our own template, written by hand: numbered paragraphs, blanks to fill in, and schedules on pages that lie."""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {"document": "document.main", "styles": "styles", "numbering": "numbering", "footer": "footer"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_FIXED = (
    '<w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
)
_UPRIGHT = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304"/>'
_LYING = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1021" w:right="1021" w:bottom="1021" w:left="1021"/>'
)


def ours() -> bytes:
    """The template as a file; always the same bytes."""
    from io import BytesIO

    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, text in _files().items():
            file.writestr(ZipInfo(name, _EARLIEST), _HEAD + text, ZIP_DEFLATED)
    return made.getvalue()


def _files() -> dict[str, str]:
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}{kind}+xml"/>' for name, kind in _PARTS.items()
    )
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{rels}{xml}{types}</Types>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in list(_PARTS)[1:]}),
        "word/document.xml": f'<w:document {_SPACE} xmlns:r="{_REL}"><w:body>{_body()}</w:body></w:document>',
        "word/footer.xml": f"<w:ftr {_SPACE}>{_footer()}</w:ftr>",
        "word/numbering.xml": f"<w:numbering {_SPACE}>{_numbering()}</w:numbering>",
        "word/styles.xml": f"<w:styles {_SPACE}>{_styles()}</w:styles>",
    }


def _relations(those: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="{kind}" Type="{_REL}/{kind}" Target="{place}"/>' for kind, place in those.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _line(text: str, style: str = "Normal", more: str = "") -> str:
    said = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{more}'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{said}</w:p>'


def _body() -> str:
    upright = (
        f'<w:p><w:pPr><w:sectPr><w:footerReference w:type="default" r:id="footer"/>{_UPRIGHT}</w:sectPr></w:pPr></w:p>'
    )
    return "".join(
        [
            _line("{%p if handling %}"), _line("{{ handling }}", "Handling"), _line("{%p endif %}"),
            _line("{{ kind }}", "Title"), _line("{{ case }}", "Subtitle"),
            _line("{%p for part in parts %}"), *_title(),
            _line("{%p for text in part.paragraphs %}"), _line("{{ text }}", "Numbered"), _line("{%p endfor %}"),
            _table("widths"),
            _line("{%p for blank in part.blanks %}"), _line("{{ blank }}: ", "Blank", "<w:r><w:tab/></w:r>"),
            _line("{%p endfor %}"), _line("{%p endfor %}"),
            upright,
            _line("{%p for part in schedules %}"), *_title(),
            _line("{%p for text in part.paragraphs %}"), _line("{{ text }}"), _line("{%p endfor %}"), _table("wide"),
            _line("{%p endfor %}"), f'<w:sectPr><w:footerReference w:type="default" r:id="footer"/>{_LYING}</w:sectPr>',
        ]
    )  # fmt: skip


def _title() -> list[str]:
    """The heading of a part, or one within a part."""
    first, second = (_line("{{ part.title }}", style) for style in ("Heading1", "Heading2"))
    return [_line("{%p if part.level == 1 %}"), first, _line("{%p else %}"), second, _line("{%p endif %}")]


def _table(widths: str) -> str:
    """Every table of a part, with as many columns as it has and as wide as these say."""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:color="999999"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{edges}</w:tblBorders>{_FIXED}</w:tblPr>'
    heads = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{_cells('table.heads', 'head', 'CellHead', widths)}</w:tr>"
    rows = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cells('row', 'cell', 'Cell', widths)}</w:tr>"
    column = f'{{% for width in table.{widths} %}}<w:gridCol w:w="{{{{ width }}}}"/>{{% endfor %}}'
    grid = f"<w:tblGrid>{column}</w:tblGrid>"
    repeated = f"{_only('{%tr for row in table.rows %}')}{rows}{_only('{%tr endfor %}')}"
    return "".join(
        [
            _line("{%p for table in part.tables %}"), f"<w:tbl>{look}{grid}{heads}{repeated}</w:tbl>",
            _line("{{ table.note }}", "Note"), _line("{%p endfor %}"),
        ]
    )  # fmt: skip


def _only(tag: str) -> str:
    return f"<w:tr><w:tc>{_line(tag)}</w:tc></w:tr>"


def _cells(those: str, each: str, style: str, widths: str) -> str:
    first, last = _line(f"{{%tc for {each} in {those} %}}"), _line("{%tc endfor %}")
    wide = f'<w:tcPr><w:tcW w:w="{{{{ table.{widths}[loop.index0] }}}}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{first}</w:tc><w:tc>{wide}{_line(f'{{{{ {each} }}}}', style)}</w:tc><w:tc>{last}</w:tc>"


def _footer() -> str:
    page = '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    said = '<w:r><w:t xml:space="preserve">{{ case }} · {{ run }} · </w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>{said}{page}</w:p>'


def _numbering() -> str:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
    )
    used = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>{used}'


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
    head, within = (
        f'<w:keepNext/><w:spacing w:before="{above}" w:after="120"/><w:outlineLvl w:val="{level}"/>'
        for level, above in enumerate((240, 160))
    )
    line = '<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="9200"/></w:tabs>'
    return "".join(
        [
            f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>",
            _style("Normal", "Normal", '<w:spacing w:after="120"/>'),
            _style("Title", "Title", '<w:spacing w:before="240" w:after="60"/>', "<w:b/><w:sz w:val='40'/>"),
            _style("Subtitle", "Subtitle", '<w:spacing w:after="240"/>', "<w:sz w:val='26'/>"),
            _style("Heading1", "heading 1", head, "<w:b/><w:sz w:val='26'/>"),
            _style("Heading2", "heading 2", within, "<w:b/><w:sz w:val='22'/>"),
            _style("Numbered", "Numbered", '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="120"/>'),
            _style("Handling", "Handling", '<w:jc w:val="center"/>', "<w:b/>"),
            _style("Blank", "Blank", f'{line}<w:spacing w:before="240"/>'),
            _style("CellHead", "Cell head", '<w:keepNext/><w:spacing w:after="0"/>', "<w:b/><w:sz w:val='15'/>"),
            _style("Cell", "Cell", '<w:spacing w:after="0"/>', "<w:sz w:val='15'/>"),
            _style("Note", "Note", '<w:spacing w:before="60" w:after="120"/>', "<w:sz w:val='16'/>"),
        ]
    )  # fmt: skip


def _style(name: str, shown: str, paragraph: str, letters: str = "") -> str:
    default = ' w:default="1"' if name == "Normal" else ""
    look = f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr>"
    return f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{shown}"/>{look}</w:style>'
