"""Worked examples that are one formula: the function of ours that answers each, from the inputs as written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from followmoney.tracing.backward import forward_and_backward
from followmoney.tracing.foskett import substitute
from followmoney.tracing.pari_passu import rate
from followmoney.tracing.usc984 import recoverable

Inputs = Mapping[str, Any]


def _cents(amount: str) -> int:
    return int(Fraction(amount) * 100)


def _rounded(amount: Fraction) -> Fraction:
    return Fraction(round(amount * 100), 100)


def _foskett(inputs: Inputs, question: str) -> Fraction:
    claim = sum(map(_cents, inputs["tainted"]))
    its = substitute(claim, claim + sum(map(_cents, inputs["other"])), _cents(inputs["value_now"]))
    answers = {
        "share": its.share, "proportionate": its.proportionate / 100, "lien": Fraction(its.lien, 100),
        "proportionate_2dp": _rounded(its.proportionate / 100), "election": _rounded(its.election / 100),
    }  # fmt: skip
    return answers[question]


def _durant(inputs: Inputs, question: str) -> Fraction:
    figures = forward_and_backward(_cents(inputs["before_last_out"]), _cents(inputs["after_last_out"]))
    return Fraction(figures[question], 100)


def _rateably(inputs: Inputs, question: str) -> Fraction:
    paid = rate(Fraction(inputs["fund"]), Fraction(inputs["claims_total"]))
    return paid if question == "rate" else _rounded(paid * Fraction(inputs["claim"]))


def _usc984(inputs: Inputs, question: str) -> Fraction:
    figure = recoverable(
        int(inputs["offence_amount"]), int(inputs["balance_now"]), int(inputs["libr_traceable"]),
        committed=date.fromisoformat(inputs["offence_date"]), action=date.fromisoformat(question),
    )  # fmt: skip
    return Fraction(figure)


FORMULAS: Mapping[str, Callable[[Inputs, str], Fraction]] = MappingProxyType(
    {"foskett": _foskett, "durant": _durant, "paripassu_claims": _rateably, "usc984": _usc984}
)
"""By the name the examples use."""
