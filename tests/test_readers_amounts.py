"""Amounts as text become minor units exactly: the fast reading equals the plain one."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followmoney.readers._amounts import Marks, minor_units
from followmoney.schema.codes import exponent

CURRENCIES = ("EUR", "JPY", "KWD", "BTC")


def plain(text: str, currency: str, marks: Marks) -> tuple[int | None, str | None]:
    """The twin: one amount, with Python's decimals."""
    body, sign = text.strip(), 1
    if body.startswith("(") and body.endswith(")"):
        body, sign = body[1:-1].strip(), -1
        if body[:1] in "+-" or body[-1:] in "+-":
            return None, "dtype"
    elif body[:1] in ("+", "-"):
        sign, body = (-1 if body[0] == "-" else 1), body[1:].strip()
        if body[-1:] in ("+", "-"):
            return None, "dtype"
    elif body[-1:] in ("+", "-"):
        sign, body = (-1 if body[-1] == "-" else 1), body[:-1].strip()
    group = re.escape(marks.thousands)
    whole = rf"\d{{1,3}}({group}\d{{3}})+|\d*" if marks.thousands else r"\d*"
    found = re.fullmatch(rf"({whole})({re.escape(marks.decimal)}(\d*))?([eE][+-]?\d{{1,3}})?", body, re.ASCII)
    code = re.fullmatch(rf"[^{re.escape(marks.decimal)}]*[eE]\d+", body)  # like 12E5
    if not found or code or not re.search(r"\d", found[0].split("e")[0].split("E")[0]):
        return None, "dtype"
    number = body.replace(marks.thousands, "") if marks.thousands else body
    value = Decimal(number.replace(marks.decimal, ".")).scaleb(exponent(currency))
    rounded = value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN) if abs(value) < Decimal(10) ** 25 else value
    if rounded != value and marks.rounding == "refuse" and abs(value.to_integral_value("ROUND_DOWN")) < 2**63:
        return None, "decimals"
    if abs(rounded) >= 2**63:
        return None, "dtype"
    return sign * int(rounded), None


@st.composite
def amounts(draw: st.DrawFn, marks: Marks) -> str:
    digits = st.text("0123456789", max_size=12)
    whole = draw(digits)
    if marks.thousands and draw(st.booleans()) and whole.isdigit():
        whole = f"{int(whole):,}".replace(",", marks.thousands)
    part = draw(st.one_of(st.just(""), digits.map(lambda d: marks.decimal + d)))
    power = draw(st.sampled_from(["", "", "", "e3", "E-2", "e+05", "E7", "e-30", "e30"]))
    before, after = draw(
        st.sampled_from([("", ""), ("-", ""), ("+", ""), ("", "-"), ("(", ")"), (" ", " "), ("(-", ")")])
    )
    return before + whole + part + power + after


@pytest.mark.parametrize("rounding", ["refuse", "half_even"])
@pytest.mark.parametrize(("decimal", "thousands"), [(".", ""), (".", ","), (",", "."), (",", "'")])
def test_amounts_equal_their_plain_twin(rounding: str, decimal: str, thousands: str) -> None:
    marks = Marks(decimal, thousands, rounding)

    @given(st.lists(st.tuples(st.one_of(amounts(marks), st.text("0123456789.,-+eE() '", max_size=9)),
                              st.sampled_from(CURRENCIES)), min_size=1))  # fmt: skip
    def law(cases: list[tuple[str, str]]) -> None:
        texts, currencies = zip(*cases, strict=True)
        parsed = minor_units(pl.Series(texts), pl.Series(currencies), marks)
        for text, currency, value, wrong in zip(texts, currencies, parsed.values, parsed.wrong, strict=True):
            assert (value, wrong) == plain(text, currency, marks), text

    law()


@pytest.mark.parametrize(
    ("text", "minor"),
    [("5.689852347E7", 5_689_852_347), ("(1,234.50)", -123_450), ("12-", -1_200), ("-.5", -50), ("+0", 0),
     ("92233720368547758.07", 2**63 - 1), ("0e+300", 0), ("1E+03", 100_000)],
)  # fmt: skip
def test_amounts_as_banks_write_them(text: str, minor: int) -> None:
    parsed = minor_units(pl.Series([text]), pl.Series(["EUR"]), Marks(".", ","))
    assert parsed.values.to_list() == [minor]


def test_a_code_is_no_amount() -> None:
    parsed = minor_units(pl.Series(["12E5", "1e3"]), pl.Series(["EUR", "EUR"]), Marks(".", ","))
    assert parsed.values.to_list() == [None, None]
    assert parsed.wrong.to_list() == ["dtype", "dtype"]


def test_blanks_and_apostrophes_may_group_thousands() -> None:
    blanks = minor_units(
        pl.Series(["1 234,5", "1\u00a0234,5", "1\u202f234,5"]), pl.Series(["EUR"] * 3), Marks(",", " ")
    )
    assert blanks.values.to_list() == [123_450] * 3
    swiss = minor_units(pl.Series(["1'234.50", "1\u2019234.50"]), pl.Series(["CHF"] * 2), Marks(".", "'"))
    assert swiss.values.to_list() == [123_450] * 2


def test_rounding_is_counted_with_its_size() -> None:
    texts, currencies = ["0.005", "0.015", "1.001", "2.5", "7"], ["EUR", "EUR", "EUR", "JPY", "JPY"]
    parsed = minor_units(pl.Series(texts), pl.Series(currencies), Marks(rounding="half_even"))
    assert parsed.values.to_list() == [0, 2, 100, 2, 7]
    assert parsed.rounded.rows() == [("EUR", 3, "-0.1"), ("JPY", 1, "-0.5")]
