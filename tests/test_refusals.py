"""Why rows are refused is explained by the name of the rule, and copies of rows that were taken are no loss."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from test_cli import quiet, saved
from test_coverage_entries import OTHER, OWN, mt940, paid

import followmoney as fm
from followmoney.cli import main
from followmoney.errors import RefusedError
from followmoney.schema.refusals import explained

__all__ = ["quiet", "saved"]

READERS = Path(fm.__file__).parent / "readers"
RULE = re.compile(r'(?<!r)"([a-z_]+\|[a-z_ ]+)"')


def test_every_rule_that_a_reader_names_is_explained() -> None:
    rules = {rule for path in READERS.glob("*.py") for rule in RULE.findall(path.read_text(encoding="utf-8"))}
    assert len(rules) > 10
    assert sorted(rule for rule in rules if explained(rule) is None) == []
    assert (explained("x|empty"), explained("amount|x"), explained("amount")) == (None, None, None)


def test_the_name_of_a_rule_can_be_asked_for(capsys: Any) -> None:
    assert main(["explain", "id|conflict", "--format", "table"]) == 0
    assert "id|conflict: Another row has this id and says something else" in capsys.readouterr().out


def test_a_statement_received_twice_refuses_nothing_that_counts(tmp_path: Path) -> None:
    text = mt940(OWN, "900,00", "400,00", paid("04", 500, "R1", OTHER))
    for name in ("a.sta", "b.sta"):
        (tmp_path / name).write_text(text)
    assert len(fm.load(tmp_path, max_refused=0.0).refused) == 1
    (tmp_path / "c.sta").write_text(text.replace(":61:2403040304D500", ":61:x"))
    with pytest.raises(RefusedError, match=r"1 rows that repeat others are not counted"):
        fm.load(tmp_path, max_refused=0.0)
