"""`followmoney selftest`: worked examples with known answers, computed here and now."""

from __future__ import annotations

from followmoney.cli._output import AUTO, Output, say, show


def selftest(*, output: Output = AUTO) -> int:
    """Compute every worked example, from cases, statutes and textbooks, and compare the answers.

    Exit code 4 if any differs.
    """
    import polars as pl

    from followmoney.case.worked import check
    from followmoney.tracing.oracles import selftest as answers

    found = pl.concat([answers(), check()])
    agree = int(found["agrees"].sum())
    show(
        found, output, columns=("oracle", "rule", "holder", "expected", "got", "agrees"), empty="There are no examples."
    )
    if output.kind == "table":
        say(f"\n{agree}/{len(found)} answers agree.")
    return 0 if agree == len(found) else 4
