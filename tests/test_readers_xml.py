"""XML and archives from outside: nothing is fetched or unfolded, nothing is kept, nothing unpacks without end."""

from __future__ import annotations

import gzip
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followmoney.errors import InputError
from followmoney.readers._found import File
from followmoney.readers._streams import opened
from followmoney.readers._xml import elements, fault, local, root
from followmoney.readers._xml_tree import at, every, text, tree

STATEMENT = b"""<?xml version="1.0"?><d:Doc xmlns:d="urn:x"><d:Own><d:Id> A1 </d:Id></d:Own>
<d:Row><d:Amt c="EUR">1.00</d:Amt></d:Row><!-- between -->
<d:Row><d:Amt c="EUR">2.00</d:Amt><d:No/><d:No/></d:Row></d:Doc>"""


def written(folder: Path, data: bytes, name: str = "a.xml") -> File:
    path = folder / name
    path.write_bytes(data)
    return File(name, path)


def test_elements_come_in_order_and_reach_what_stands_above(tmp_path: Path) -> None:
    file = written(tmp_path, STATEMENT)
    assert root(file.path) == ("urn:x", "Doc")
    found = [
        (
            local(e),
            text(t := tree(e), "Amt"),
            len(every(t, "No")),
            at(t, "None", "Id"),
            above is not None and local(above),
        )
        for e in elements(file, {"Row"})
        for above in [e.getparent()]
    ]
    assert found == [("Row", "1.00", 0, None, "Doc"), ("Row", "2.00", 2, None, "Doc")]


def test_what_was_read_is_forgotten(tmp_path: Path) -> None:
    file = written(tmp_path, b"<a>" + b"<r>x</r>" * 100 + b"</a>")
    parents = {id(p): len(list(p)) for e in elements(file, {"r"}) if (p := e.getparent()) is not None}
    assert all(n <= 2 for n in parents.values())


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    ],
)
def test_a_document_type_is_refused_before_anything_is_read(tmp_path: Path, declared: bytes) -> None:
    with pytest.raises(InputError, match="document type"):
        list(elements(written(tmp_path, declared), {"a"}))


@pytest.mark.parametrize("broken", [b"", b"<a>", b"<a></b>", b"PK\x03\x04", b"\xff\xfe<"])
def test_what_is_no_whole_xml_is_one_error(tmp_path: Path, broken: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.xml is not whole XML"):
        list(elements(written(tmp_path, broken), {"a"}))


@pytest.mark.parametrize(
    ("large", "said"),
    [
        (b"<a>" * 5_000 + b"</a>" * 5_000, "elements stand in one another more than 256 deep, line 1, column "),
        (b"<a>" + b"x" * 10_000_010 + b"</a>", "a name, text, tag or comment in it is longer than any that is read"),
        (b"<a><!--" + b"x" * 10_000_010 + b"--></a>", "a name, text, tag or comment in it is longer"),
        (b"<a><" + b"x" * 60_000 + b"/></a>", "a name, text, tag or comment in it is longer"),
    ],
)
def test_what_is_beyond_the_limits_is_told_in_our_words(tmp_path: Path, large: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        list(elements(written(tmp_path, large), {"a"}))
    assert str(caught.value).startswith(f"a.xml is not read: {said}")
    assert "HUGE" not in str(caught.value)
    assert "HUGE" not in fault(large)


@given(cut=st.integers(0, len(STATEMENT)), flipped=st.integers(0, len(STATEMENT) - 1), by=st.integers(1, 255))
def test_a_damaged_file_gives_elements_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flipped: int, by: int
) -> None:
    data = bytearray(STATEMENT)
    data[flipped] ^= by
    file = written(tmp_path_factory.mktemp("xml"), bytes(data[:cut]))
    root(file.path)
    with suppress(InputError):
        assert len(list(elements(file, {"Row"}))) <= 2


def test_an_archive_of_one_file_is_read_as_that_file(tmp_path: Path) -> None:
    packed = written(tmp_path, gzip.compress(STATEMENT), "a.xml.gz")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inside.xml", STATEMENT)
    for file in (packed, File("a.zip", tmp_path / "a.zip")):
        assert root(file.path) == ("urn:x", "Doc")
        assert len(list(elements(file, {"Row"}))) == 2


def test_an_archive_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    bomb = written(
        tmp_path, gzip.compress(b"<a>" + (b"<!--" + b"x" * 1_000_000 + b"-->") * 70 + b"</a>", 9), "a.xml.gz"
    )
    with pytest.raises(InputError, match="no honest archive"):
        list(elements(bomb, {"b"}))


@pytest.mark.parametrize(
    ("name", "data"), [("a.gz", b"\x1f\x8b\x08cut"), ("a.zip", b"PK\x03\x04cut"), ("b.gz", b"text")]
)
def test_a_broken_archive_is_one_error(tmp_path: Path, name: str, data: bytes) -> None:
    file = written(tmp_path, data, name)
    with pytest.raises(InputError, match=name), opened(file.path, file.name) as stream:
        stream.read()


def test_an_archive_of_several_files_is_not_guessed_at(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1", "")
        archive.writestr("2", "")
    with pytest.raises(InputError, match="holds 2 files"), opened(tmp_path / "a.zip", "a.zip"):
        pass
