"""Records of JSON that the compiled pass takes are those of the parser, and lines are what lies between line ends."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from followmoney.readers import _json_decode, _json_records
from followmoney.readers._bods_shape import BARE_PARTIES, BARE_RELATIONS, PARTIES, RELATIONS, record, statement
from followmoney.readers._by_value import by_value
from followmoney.readers._found import File
from followmoney.readers._json_plain import plain
from followmoney.readers._json_plan import plan

_TEXTS = pl.List(pl.String())
SMALL = pl.Struct({
    "a": pl.String(), "äb": pl.String(), "o": pl.Struct({"x": pl.String(), "y": _TEXTS}),
    "l": pl.List(pl.Struct({"x": pl.String(), "o": pl.Struct({"x": pl.String()}), "t": _TEXTS})), "t": _TEXTS,
})  # fmt: skip
SHAPES: list[tuple[pl.Struct, dict[str, str]]] = [
    (SMALL, {}), (SMALL, {"o": "x"}), (record(PARTIES), BARE_PARTIES), (record(RELATIONS), BARE_RELATIONS),
    (statement(PARTIES), BARE_PARTIES), (statement(RELATIONS), BARE_RELATIONS),
]  # fmt: skip
PIECES = [
    "1e999", "-0", "0.0", "-1.50", "1.", ".5", "01", "1E2", "9" * 30, "0." + "3" * 20, "123456789.123456789", "NaN",
    "Infinity", "tru", "true", "null", "nul", '"', '""', "\\", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\udc00",
    "\\u12", "\\x", "\\/", "\\u0000", "é", "😀", "\x00", "\x7f", "\u2028", "\xa0", "\ufeff", " ", "\t", "\r", "\f",
    ",", ":", "{", "}", "[", "]", '"a":1,', '"a":"q","a":2,', '"o":{"x":"1"},', '"o":"s",', '"t":"s",', '"l":[{}],',
    '"\\u0061":"e",', '{"a":"q"}', "[" * 70 + "]" * 70, '"a\\"o":"x",', "[1,]", '"subject":"C",', '"x"*', "-",
]  # fmt: skip
texts = st.text(st.sampled_from(list('aé"\\/\n\x01😀 \u2028')) | st.characters(codec="utf-8"), max_size=20)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=3).map(float) | st.integers(-(2**70), 2**70)


def values(dtype: Any, bare: dict[str, str], name: str = "") -> st.SearchStrategy[Any]:
    """Mostly what the shape says, sometimes anything else."""
    odd = st.recursive(scalars, lambda i: st.lists(i, max_size=2) | st.dictionaries(texts, i, max_size=2), max_leaves=3)
    if isinstance(dtype, pl.Struct):
        inside = {one.name: values(one.dtype, bare, one.name) for one in dtype.fields}
        right: st.SearchStrategy[Any] = st.fixed_dictionaries({}, optional={**inside, "other": odd})
        right = right | texts if name in bare else right
    elif isinstance(dtype, pl.List):
        right = st.lists(values(dtype.inner, bare), max_size=3)
    else:
        right = texts | decimals | st.booleans()
    return st.one_of(*[right] * 6, st.none(), odd)


def ways(monkeypatch: pytest.MonkeyPatch, lines: list[str], shape: pl.Struct, keys: dict[str, str]) -> list[Any]:
    """What the compiled pass makes of the lines with the parser behind it, and what the parser alone does."""
    schema = {"row": pl.Int64, "text": pl.String, "broken": pl.String}
    told = [(row, line, "line|encoding" if line == "?" else None) for row, line in enumerate(lines, 1)]
    found = list[Any]()
    for quick in (True, False):
        monkeypatch.setattr(_json_decode, "_worth_it", lambda _, quick=quick: quick)
        found.append(_json_decode.decoded(pl.DataFrame(told, schema=schema, orient="row"), shape, keys))
    return found


@examples(150)
@given(st.sampled_from(SHAPES), st.data())
def test_plain_records_are_those_of_the_parser(shape: tuple[pl.Struct, dict[str, str]], data: st.DataObject) -> None:
    lines = list[str]()
    for _ in range(data.draw(st.integers(0, 4))):
        spaced = data.draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", "\r : ")]))
        value = data.draw(values(shape[0], shape[1]))
        line = json.dumps(value, ensure_ascii=data.draw(st.booleans()), separators=spaced)
        for _ in range(data.draw(st.sampled_from([0, 0, 1, 2]))):
            at = data.draw(st.integers(0, len(line)))
            line = line[:at] + data.draw(st.sampled_from(PIECES)) + line[at + data.draw(st.integers(0, 2)) :]
        lines.append(line.encode("utf-8", "replace").decode("utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        quick, parsed = ways(patch, [*lines, "?"], *shape)
    assert quick.schema == parsed.schema
    assert quick.rows() == parsed.rows()


@pytest.mark.parametrize("piece", PIECES)
def test_what_is_odd_is_read_as_the_parser_reads_it(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    places = ('{{"a":{}}}', '{{"a":"{}"}}', '{{"b":{}}}', '{{"b":"{}"}}', '{{"t":[{}]}}', '{{{}"t":[]}}', "{}",
              '{{"l":[{{"x":{}}},{{}}]}}', '{{"o":{{"x":"1"}}}}{}')  # fmt: skip
    quick, parsed = ways(monkeypatch, [place.format(piece) for place in places], SMALL, {"o": "x"})
    assert quick.rows() == parsed.rows()


PLAIN = [
    '{"a":"q","t":["1",2,null,true,1.5],"l":[{"x":"y","o":{"x":"z"}},null,{"t":[]}],"o":{"x":"w"},"b":{"c":[1e-3,{}]}}',
    ' { "a" : "a text that is longer than twelve bytes" , "o" : "s", "b": "\\u00e9\\/" }\r',
    '{"a":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20ac\\ud83d\\ude00 é€😀","l":[],"t":null,"a b":"\x7f"}',
    '{"a":25.50,"":-3,"äb":false}',
]


def test_what_is_plain_is_not_parsed() -> None:
    looked = plan(SMALL, {"o": "x"})
    assert looked is not None
    found, which = plain(pl.Series([line for line in PLAIN if "1e-3" not in line]), looked)
    assert which.all()
    assert found.struct.field("a").to_list() == [
        "a text that is longer than twelve bytes", '"\\/\b\f\n\r\té€😀 é€😀', "25.5",
    ]  # fmt: skip
    assert found.struct.field("o").to_list()[0] == {"x": "s", "y": None}


def test_a_shape_with_too_many_members_is_for_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = pl.Struct({f"m{n}": pl.String() for n in range(70)})
    assert plan(wide, {}) is None
    assert plan(pl.Struct({"a": pl.Int64()}), {}) is None
    assert plan(pl.Struct({"": pl.String()}), {}) is None
    quick, parsed = ways(monkeypatch, ['{"m69":"x"}'], wide, {})
    assert quick.rows() == parsed.rows()


def test_a_large_record_is_for_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"a": "x" * 2**20, "t": ["y"]}), '{"a":"z"}']
    quick, parsed = ways(monkeypatch, lines, SMALL, {})
    assert quick.rows() == parsed.rows()


@examples(80)
@given(
    st.lists(
        st.sampled_from(
            [
                b"\n",
                b"\r\n",
                b"{}",
                b'{"a":"\xc3\xa9"}',
                b" ",
                b"\xff",
                b"\xc3",
                b"x" * 40,
                b"\xc3\xa9" * 200,
                b"y" * 400,
            ]
        ),
        max_size=12,
    )
)
def test_lines_are_what_lies_between_line_ends(pieces: list[bytes]) -> None:
    data = b'{"a":1}' + b"".join(pieces)
    expected = list[tuple[int, str, str | None]]()
    for row, line in enumerate(data.split(b"\n"), 1):
        try:
            text, broken = line.decode("utf-8"), None
        except UnicodeDecodeError:
            text, broken = line.decode("utf-8", "backslashreplace"), "line|encoding"
        if text.strip() or broken:
            expected.append((row, text, broken))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "r.jsonl"
        path.write_bytes(data)
        for chunk, piece in ((7, 2), (2**20, 5), (2**20, 2**20)):
            patch.setattr(_json_records, "_CHUNK", chunk)
            patch.setattr(_json_records, "_PIECE", piece)
            found = [row for batch in _json_records.records(File("r.jsonl", path)) for row in batch.iter_rows()]
            assert found == expected


@examples(30)
@given(st.lists(st.none() | st.sampled_from(["", "a", "b"]) | st.text(max_size=3), max_size=30))
def test_what_is_made_once_for_each_text_is_what_is_made_of_each(column: list[str | None]) -> None:
    def made(text: pl.Expr) -> pl.Expr:
        return pl.when(text != "a").then(text + "!")

    frame = pl.DataFrame({"c": column}, schema={"c": pl.String})
    assert frame.select(by_value(pl.col("c"), made)).to_series().to_list() == [
        None if text is None or text == "a" else f"{text}!" for text in column
    ]


def test_a_number_too_large_for_any_of_ours_is_called_so(tmp_path: Path) -> None:
    wrong = {"1e999": "line|number", "9" * 5000: "line|number", "NaN": "line|json", "[" * 3000 + "1": "line|deep"}
    texts = [f'{{"a":{value}}}' for value in wrong]
    batch = pl.DataFrame({"row": range(4), "text": texts, "broken": [None] * 4}, schema_overrides={"broken": pl.String})
    assert _json_decode.decoded(batch, SMALL)["broken"].to_list() == list(wrong.values())
    listed = tmp_path / "r.json"
    listed.write_text(f"[{texts[1]}, {texts[0]}, {{}}]", encoding="utf-8")
    assert sum(len(found) for found in _json_records.records(File("r.json", listed))) == 3
