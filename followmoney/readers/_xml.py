"""XML from outside: read as it streams, without DTDs, entities or network, and without keeping what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from followmoney.errors import DamagedError, InputError
from followmoney.readers._found import File
from followmoney.readers._streams import HEAD, head, opened

SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,  # or they would cut a text in two: 1<!-- -->000 is 1000
    "remove_blank_text": True,  # between elements; nobody asks for it
}  # fmt: skip
"""How every parser of outside XML is set up."""


_LIMIT = re.compile("XML_PARSE_HUGE|Huge input|huge text|Name too long|length too long|too big found")
_PLACE = re.compile(", line [0-9]+, column [0-9]+$")


class Element(Protocol):
    """An element of the tree, as far as readers look at it."""

    tag: Any
    text: str | None
    tail: str | None
    attrib: Mapping[str, str]
    sourceline: int | None

    def __iter__(self) -> Iterator[Element]:
        """Its elements, in document order."""
        ...

    def __len__(self) -> int:
        """How many elements stand in it."""
        ...

    def get(self, key: str) -> str | None:
        """An attribute."""
        ...

    def getprevious(self) -> Element | None:
        """The element before it, in the same one."""
        ...

    def clear(self, *, keep_tail: bool) -> None:
        """Empty it."""
        ...

    def remove(self, element: Element, /) -> None:
        """Take one of its elements out."""
        ...

    def getparent(self) -> Element | None:
        """The element it stands in."""
        ...


def local(element: Element) -> str:
    """Its name without the namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def starts(path: Path) -> Iterator[Element]:
    """The elements at the beginning of a file, as they open; those before a fault too, so that it can be told."""
    from lxml import etree  # pyright: ignore  # noqa: PGH003

    lxml = cast("Any", etree)  # a compiled module without types
    data = head(path)
    parser = lxml.XMLPullParser(["start"], **SAFE)
    for at in range(0, min(len(data), HEAD), 1024):
        try:
            parser.feed(data[at : at + 1024])
            whole = True
        except lxml.XMLSyntaxError:
            whole = False
        yield from (element for _, element in parser.read_events())
        if not whole:
            return


def fault(data: bytes) -> str:
    """What is wrong with the beginning of a file as XML, with line and column; empty where nothing is."""
    from lxml import etree  # pyright: ignore  # noqa: PGH003

    lxml = cast("Any", etree)  # a compiled module without types
    parser = lxml.XMLPullParser([], **SAFE)
    try:
        parser.feed(data)
        if len(data) < HEAD:
            parser.close()
    except lxml.XMLSyntaxError as error:
        return _said(error.msg)
    return ""


def wrong(stream: BinaryIO) -> str:
    """What is wrong with a whole file as XML; empty where nothing is, or it is empty. No tree is built."""
    from lxml import etree  # pyright: ignore  # noqa: PGH003

    lxml = cast("Any", etree)  # a compiled module without types
    parser = lxml.XMLParser(target=_Nothing(), **SAFE)
    empty = True
    try:
        while data := stream.read(HEAD):
            parser.feed(data)
            empty = False
        if not empty:
            parser.close()
    except lxml.XMLSyntaxError as error:
        return _said(error.msg)
    return ""


class _Nothing:
    """What is built where nothing is."""

    def close(self) -> None:
        """No result."""


def _said(message: object) -> str:
    """The parser's words, in one line; ours where the file ends too early or goes beyond the parser's limits."""
    said = " ".join(str(message).split()).replace(" ,", ",")
    place = _PLACE.search(said)
    where = place[0] if place else ""
    if said.startswith("Premature end of data"):
        return f"it breaks off{where}"
    if not _LIMIT.search(said):
        return said
    deep = "elements stand in one another more than 256 deep"
    return f"{deep if 'depth' in said else 'a name, text, tag or comment in it is longer than any that is read'}{where}"


def root(path: Path) -> tuple[str, str]:
    """Namespace and name of the outermost element; two empty texts where the file is not XML."""
    for element in starts(path):
        namespace, _, name = str(element.tag).rpartition("}")
        return namespace.lstrip("{"), name
    return "", ""


class Readable(Protocol):
    """A stream, as far as it is read."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end."""
        ...


def elements(
    file: File, names: Collection[str], through: Callable[[BinaryIO], Readable] | None = None
) -> Iterator[Element]:
    """Each element so called (whatever its namespace), in document order, as it closes; forgotten after its turn.

    No element may stand inside another of the names: it would be forgotten before the outer one's turn. What is not of
    the names (an account above its entries) stays, and is reached through `getparent`. Memory stays flat. `through` may
    put something between file and parser.

    Raises:
        InputError: The file is not well-formed (with the line), declares a DTD, or is nested absurdly deep.
    """
    from lxml import etree  # pyright: ignore  # noqa: PGH003

    lxml = cast("Any", etree)  # a compiled module without types
    with opened(file.path, file.name) as stream:
        try:
            outermost = "{*}" + (root(file.path)[1] or "*")
            wanted = sorted({outermost, *(f"{{*}}{name}" for name in names)})  # the rest never becomes a Python object
            seen = False
            for _, element in lxml.iterparse(
                through(stream) if through else stream, events=("end",), tag=wanted, **SAFE
            ):
                if not seen:  # entities are never resolved, so nothing was unfolded before
                    seen = True
                    if element.getroottree().docinfo.doctype:
                        raise InputError(
                            f"{file.name} declares a document type (DTD), which can hide content. Files of banks and "
                            "registers have none: ask where it comes from, or remove the <!DOCTYPE ...> line."
                        )
                if local(element) in names:
                    yield element
                    _forget(element, names)
        except lxml.XMLSyntaxError as error:
            reason = _said(error.msg)
            told = f"is not whole XML: {reason}. Get the file again."
            if _LIMIT.search(str(error.msg)):
                told = f"is not read: {reason}. Ask where it comes from: banks and registers write no such XML."
            raise DamagedError(f"{file.name} {told}", file.name, reason) from None


def _forget(element: Element, names: Collection[str]) -> None:
    """Free what was read: the element's content, and what is left of the elder one beside it."""
    element.clear(keep_tail=False)
    elder = element.getprevious()
    if elder is not None and local(elder) in names and (parent := element.getparent()) is not None:
        parent.remove(elder)
