"""Fills in a template: it can show what it is given, repeat and choose, and can run nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from followmoney.errors import SettingsError, unknown

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MADE = "2000-01-01T00:00:00Z"
_LARGEST = 50 * 2**20
_TURNS = 300_000  # of all repetitions together; ours makes some ten thousand in a large case
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_MARKS = {"{": "&#123;", "}": "&#125;", "%": "&#37;", "#": "&#35;", "_": "&#95;"}
"""Signs that mean something to a template, as XML has them."""
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def filled(template: bytes, name: str, given: Mapping[str, Any]) -> bytes:
    """The template with everything filled in; the same in, the same bytes out.

    Raises:
        SettingsError: It is no such document, or it asks for what there is not; named after `name`.
    """
    from docx.opc.exceptions import OpcError
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

    checked(template, name)
    made, out = _document(template), BytesIO()
    try:
        made.render(dict(given), _sandbox())
        made.save(out)
    except UndefinedError as error:
        wrong = _UNDEFINED.search(str(error))
        said = unknown("variable of a statement", wrong[1], list(given)) if wrong else f"{error}."
        raise SettingsError(f"{name}: {said}") from None
    except TemplateSyntaxError as error:
        raise SettingsError(_unread(name, error.message)) from None
    except (TemplateError, OpcError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError) as error:
        raise SettingsError(f"{name} cannot be filled in: {error}") from None
    return _same(out.getvalue())


def parsed(template: bytes, name: str) -> None:
    """Whether its marks can be read, before there is anything to fill in.

    Raises:
        SettingsError: They cannot; named after `name`.
    """
    from docx.opc.exceptions import OpcError
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        _document(template).get_undeclared_template_variables(_sandbox())
    except TemplateSyntaxError as error:
        raise SettingsError(_unread(name, error.message)) from None
    except (TemplateError, OpcError, SyntaxError, ValueError, LookupError) as error:
        raise SettingsError(f"{name} cannot be filled in: {error}") from None


def _unread(name: str, why: str | None) -> str:
    return f"{name} cannot be read as a template: {why}"


def checked(template: bytes, name: str) -> None:
    """Whether it is a document that fits, without programs or entities."""
    try:
        with ZipFile(BytesIO(template)) as file:
            large = sum(part.file_size for part in file.infolist()) > _LARGEST
            names = file.namelist()
            odd = not large and any(b"<!DOCTYPE" in file.read(n) for n in names if n.endswith((".xml", ".rels")))
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise SettingsError(f"{name} is not a .docx document; save it as one and name it again.") from None
    if large:
        raise SettingsError(f"{name} is larger than 50 MB unpacked; a template is a page or two of text.")
    if odd or any("vbaProject" in part for part in names) or "word/document.xml" not in names:
        raise SettingsError(f"{name} is not a plain .docx document, or holds macros or a DTD; save it as .docx.")


def _document(template: bytes) -> Any:  # noqa: ANN401 - a class made where the library is there
    from docxtpl import DocxTemplate  # pyright: ignore[reportMissingTypeStubs]

    class Document(DocxTemplate):
        """A template whose properties are left as they are: they are no XML, and 255 characters long at most."""

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:  # noqa: ANN401, ARG002
            return

    return Document(BytesIO(template))


def _sandbox() -> Any:  # noqa: ANN401 - a class made where the library is there
    from jinja2 import StrictUndefined, nodes, pass_context
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Shows and repeats, so often; does not multiply, join or call, which could fill the memory."""

        intercepted_binops = frozenset(["*", "**", "%", "+"])
        turns = 0

        def _parse(self, source: str, name: str | None, filename: str | None) -> Any:  # noqa: ANN401
            tree: Any = super()._parse(source, name, filename)
            for node in tree.find_all((nodes.Concat, nodes.Call)):
                raise SecurityError(f"line {node.lineno}: joining texts (~) and calls are not for templates.")
            for loop in tree.find_all(nodes.For):
                counted = nodes.Filter(nodes.Const(""), "turn", [], [], None, None, lineno=loop.lineno)
                loop.body.insert(0, nodes.Output([counted], lineno=loop.lineno))
            return tree

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002
            raise SecurityError(f"{operator!r} is not for templates.")

    made = Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_shown)
    filters: Any = made.filters
    for name in ("center", "format", "indent", "join", "replace", "wordwrap", "xmlattr", "pprint", "tojson", "batch"):
        filters.pop(name, None)  # a short text becomes as long as somebody likes

    @pass_context
    def turn(_: Any, nothing: str) -> str:  # noqa: ANN401
        made.turns += 1
        if made.turns > _TURNS:
            raise SecurityError(f"it repeats more than {_TURNS:,} times.")
        return nothing

    filters["turn"] = turn
    filters.update(dict.fromkeys(("safe", "e", "escape", "forceescape"), str))  # text is never said to be XML
    return made


def _shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template shows
    """Text as XML has it, inert for XML and for templates alike."""
    from markupsafe import Markup, escape

    if isinstance(value, Markup):
        return value
    text = re.sub("&#(34|39);", lambda m: {"34": "&quot;", "39": "&apos;"}[m[1]], str(escape(str(value))))
    return Markup("".join(_MARKS.get(sign, sign) for sign in text))  # noqa: S704 - escaped above


def _same(document: bytes) -> bytes:
    """The same document without the time at which it was written."""
    out = BytesIO()
    with ZipFile(BytesIO(document)) as read, ZipFile(out, "w", ZIP_DEFLATED) as write:
        for part in read.infolist():
            content = read.read(part)
            if part.filename == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + _MADE.encode(), content)
            write.writestr(ZipInfo(part.filename, _EARLIEST), content, ZIP_DEFLATED)
    return out.getvalue()
