"""What the explorer says, in the language of the report: on the page, and what its script fills in."""

from __future__ import annotations

from followmoney.languages import say


def words(currency: str) -> dict[str, str]:
    """Texts of the page by name; `currency` is that of the amount below which arrows are hidden."""
    return {
        "off": say(
            "A chart to click through stands here where scripts run; everything in it is in the pictures and schedules "
            "of this report."
        ),
        "tools": say("Search and hide"),
        "find": say("Find"),
        "least": say("Hide arrows with less claim money than ({currency})", currency=currency),
        "larger": say("Larger"),
        "smaller": say("Smaller"),
        "whole": say("Show all"),
        "chart": say("Chart of accounts and the claim money between them"),
        "keyboard": say(
            "Keys: right and left along the arrow with most claim money, up and down to the next account, + and − "
            "larger and smaller, 0 the whole, Enter to the figures, Escape to choose none."
        ),
        "holds": say("holds claim money now"),
        "passed": say("passed it on"),
        "thing": say("thing bought"),
        "outside": say("outside"),
        "said": say("an analyst asserts something of the holder"),
        "arrows": say("Arrows: wider for more, darker for more claim money in it."),
        "figures": say("Figures and rows of what is chosen"),
    }


def script() -> dict[str, str]:
    """Texts of the script by name; it fills the gaps."""
    return {
        "choose": say("Choose an account or an arrow to see its figures and rows."),
        "id": say("Account or thing"),
        "said": say("Said of the holder"),
        "in": say("Claim money in"),
        "out": say("Claim money out"),
        "held": say("Holds now"),
        "ledger": say("Its ledger in Schedule B"),
        "rows": say("Transactions"),
        "amount": say("Amount"),
        "claim": say("Claim money in it"),
        "to": say("to {name}: {amount}"),
        "from": say("from {name}: {amount}"),
        "left": say(
            "{left} of {all} transactions are not drawn here or not listed on this page; all are in trace.parquet."
        ),
        "count": say("{shown} of {all} accounts, things and ends; {arrows} of {of} arrows"),
        "none": say("Nothing drawn is called so."),
        "first": say("The first {shown} of {all}:"),
    }
