"""Accounts within reach: own, by mandate, through companies; from an account over its holder's owners to others."""

import polars as pl
import pytest

import followmoney as fm
from followmoney.errors import SettingsError
from followmoney.graph.reach import reach

LINES = """
party P person
party Q person
party A company
party B company
account p1 holder=P
account a1 holder=A
account b1 holder=B
account c1 holder=C
account d1 holder=D
account n1
role P d1 signatory
owns P A 60%
owns Q A 40%
owns P B 10%
owns A C 51%
"""


def ways(start, text=LINES, **asked):
    return dict(reach(fm.sketch(text), start, **asked).select("account", "way").iter_rows())


def test_from_a_person_down() -> None:
    assert ways("P") == {
        "p1": "P holds p1",
        "d1": "P is signatory of d1",
        "a1": "P → A (60 %), which holds a1",
        "b1": "P → B (10 %), which holds b1",
        "c1": "P → A (60 %) → C (51 %), which holds c1",
    }
    frame = reach(fm.sketch(LINES), "P")
    assert dict(frame.select("account", "article").iter_rows())["b1"] is None
    assert frame.filter(pl.col("account") == "c1").select("how", "article", "share_min").row(0) == (
        "owns",
        "52(1)",
        0.306,
    )


def test_from_a_company_down_whoever_owns_it() -> None:
    assert ways("A") == {"a1": "A holds a1", "c1": "A → C (51 %), which holds c1"}


def test_from_an_account_over_the_owners_of_its_holder_to_other_accounts() -> None:
    frame = reach(fm.sketch(LINES), "c1")
    found = {(who, account): way for who, account, way in frame.select("through", "account", "way").iter_rows()}
    assert found["C", "c1"] == "c1 is held by C; C holds c1"
    assert found["P", "b1"] == "c1 is held by C; P → A (60 %) → C (51 %); P → B (10 %), which holds b1"
    assert found["P", "d1"] == "c1 is held by C; P → A (60 %) → C (51 %); P is signatory of d1"
    assert found["Q", "a1"] == "c1 is held by C; Q → A (40 %), and A → C (51 %); Q → A (40 %), which holds a1"
    assert ways("p1")["a1"] == "p1 is held by P; P → A (60 %), which holds a1"


def test_only_what_was_owned_on_the_day() -> None:
    sold = LINES.replace("owns P A 60%", "owns P A 60% end=2024-01-01")
    assert "a1" not in ways("P", sold)
    assert "a1" in ways("P", sold, as_of="2023-12-31")


def test_control_and_nominees_lead_on() -> None:
    text = "party P person\nparty N person\naccount x1 holder=X\naccount y1 holder=Y\n"
    found = ways("P", f"{text}owns P X appointmentOfBoard\nrole N P nominee\nowns N Y 30%")
    assert found["x1"] == "P → X (appoints the board), which holds x1"
    assert found["y1"] == "P → N (nominee) → Y (30 %), which holds y1"


def test_who_is_nobody_is_an_error() -> None:
    with pytest.raises(SettingsError, match="Did you mean 'a1'"):
        reach(fm.sketch(LINES), "aa1")
    with pytest.raises(SettingsError, match="Nobody is known to hold account 'n1'"):
        reach(fm.sketch(LINES), "n1")


def test_without_registers_there_are_own_accounts() -> None:
    assert ways("P", "account p1 holder=P\naccount q1 holder=Q") == {"p1": "P holds p1"}
