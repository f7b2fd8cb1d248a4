"""`followmoney case` answers one question at a time, and says which it was not asked."""

from __future__ import annotations

import pytest

from followmoney.cli._case_view import CaseView
from followmoney.errors import SettingsError


def test_one_answer_is_asked_for_at_a_time():
    assert CaseView().asked() == ""
    assert CaseView(freeze_first=True, takes_days=("ES=4",)).asked() == "freeze_first"
    with pytest.raises(SettingsError, match="--exits and --sale ask for different answers"):
        CaseView(exits=True, sale=True).asked()


@pytest.mark.parametrize(
    "view", [CaseView(by="party"), CaseView(takes_days=("ES=4",)), CaseView(exits=True, by="total")]
)
def test_what_is_said_of_another_answer_is_refused(view):
    with pytest.raises(SettingsError, match="which is not asked for"):
        view.asked()


@pytest.mark.parametrize("text", ["ES", "ES=", "ES=x", "ES=-1", "ES=1.5"])
def test_days_are_whole_numbers_by_country(text):
    assert CaseView(takes_days=("ES=4", "other=30")).days() == {"ES": 4, "other": 30}
    with pytest.raises(SettingsError, match="like ES=4"):
        CaseView(takes_days=(text,)).days()
