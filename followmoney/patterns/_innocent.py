"""Innocent explanations that are checked: each says in a sentence why it fits a hit, or None where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from followmoney.schema.codes import minor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from followmoney.patterns._hit import Hit

    Rows = NDArray[np.integer]

_WEEKS, MONTHS, _OTHERS = 8, 2, 2


def regular_takings(hit: Hit) -> str | None:
    """Cash comes in nearly every week over a long time, as the takings of a shop do."""
    weeks, span = takings(hit, hit.subject)
    return f"Cash was paid in in {weeks} of {span} weeks, as the takings of a shop are." if weeks else None


def takings(hit: Hit, account: int) -> tuple[int, int]:
    """In how many weeks cash was paid into an account, and of how many, if that is regular; else nothing."""
    import numpy as np

    rows = hit.graph.into.of(account)
    weeks = np.unique(hit.weeks(rows[hit.flows.cash[rows]]))
    span = int(weeks[-1] - weeks[0]) + 1 if len(weeks) else 0
    return (0, 0) if span < _WEEKS or 4 * len(weeks) < 3 * span else (len(weeks), span)


def limit_crossed(hit: Hit) -> str | None:
    """Cash was also paid in at or above the limit, which nobody does who avoids it."""
    return crossed(hit, hit.graph.into.of(hit.subject), "in")


def crossed(hit: Hit, rows: Rows, where: str) -> str | None:
    """Whether some of these rows are cash at or above the limit."""
    currency = hit.flows.currencies[hit.currency]
    limit = minor(str(hit.pattern.at("limits", currency, int(hit.flows.time[hit.at[0]]))), currency)
    rows = rows[hit.flows.cash[rows] & (hit.flows.currency_received[rows] == hit.currency)]
    times = int((hit.flows.received[rows] >= limit).sum())
    if not times:
        return None
    often = "once" if times == 1 else f"{times} times"
    return f"Cash of {hit.money(limit)} or more was also paid {where}, {often}: the limit was not avoided."


def equal_amounts(hit: Hit) -> str | None:
    """All paid the same amount, as members, tenants or ticket buyers do."""
    rows = hit.rows("in")
    amounts = set(hit.flows.received[rows].tolist())
    if len(amounts) > 1:
        return None
    purposes = {str(p).strip().casefold() for p in hit.column("purpose", rows)}
    same = " for the same purpose" if len(purposes) == 1 and purposes != {"none"} else ""
    return f"All paid the same amount, {hit.money(amounts.pop())}{same}, as members or tenants do."


def go_on(hit: Hit, role: str) -> tuple[int, int] | None:
    """Of those who pay ("in") or are paid ("out"), how many do so in several later months, and of how many; if most."""
    import numpy as np

    flows, paying = hit.flows, role == "in"
    end = flows.originator if paying else flows.beneficiary
    others, rows = np.unique(end[hit.rows(role)]), (hit.graph.into if paying else hit.graph.out).of(hit.subject)
    later = rows[rows > hit.at[-1]]
    later = later[np.isin(end[later], others)]
    regular = len(_again(end[later], hit.months(later)))
    return (regular, len(others)) if 2 * regular >= len(others) else None


def _again(ends: Rows, when: NDArray[Any]) -> Rows:
    """Those who stand at these ends in several different weeks or months. Cost: one sort, however many they are."""
    import numpy as np

    if not len(ends):
        return ends
    number = when.astype(np.int64)
    span = int(number.max() - number.min()) + 1
    pairs = np.unique(ends.astype(np.int64) * span + number - number.min())
    who, times = np.unique(pairs // span, return_counts=True)
    return who[times >= MONTHS]


def payers_go_on(hit: Hit) -> str | None:
    """Most of the payers go on paying in later months, as customers, members or tenants do."""
    if (known := go_on(hit, "in")) is None:
        return None
    some = f"{known[0]} of the {known[1]} payers"
    return f"{some} paid again in at least {MONTHS} later months, as customers or tenants do."


def payers_keep_coming(hit: Hit) -> str | None:
    """In several other weeks half as many or more paid for the first time too, as customers of a business do."""
    import numpy as np

    rows = hit.graph.into.of(hit.subject)
    rows = rows[~hit.flows.outside[hit.flows.originator[rows]]]
    _, first = np.unique(hit.flows.originator[rows], return_index=True)
    new = len(np.unique(hit.flows.originator[hit.rows("in")]))
    week = hit.weeks(rows[first])
    _, count = np.unique(week[~np.isin(week, hit.weeks(hit.at))], return_counts=True)
    weeks = int((2 * count >= new).sum())
    if weeks < _OTHERS:
        return None
    return f"In {weeks} other weeks half as many or more paid for the first time too, as customers of a business do."


def from_own_account(hit: Hit) -> str | None:
    """The money came from another account of the same holder."""
    holder = hit.holder(hit.subject)
    payers = {hit.holder(int(v)) for v in hit.flows.originator[hit.rows("in")]}
    return "The money came from another account of the same holder." if holder and payers == {holder} else None


def sent_back(hit: Hit) -> str | None:
    """The money went back to who had sent it, as a refund does."""
    import numpy as np

    payers, gone = hit.flows.originator[hit.rows("in")], hit.rows("out")
    back = gone[np.isin(hit.flows.beneficiary[gone], payers)]
    total, returned = int(hit.flows.amount[gone].sum()), int(hit.flows.amount[back].sum())
    return "Most of it went back to who had sent it, as a refund does." if 5 * returned >= 4 * total else None


def usual_payees(hit: Hit) -> str | None:
    """Most of it went to payees that the account had paid in earlier months too, as suppliers and employees are."""
    import numpy as np

    from followmoney.patterns._pattern import Unchecked
    from followmoney.patterns._words import day

    gone = hit.rows("out")
    start, now = hit.months(np.array([0, hit.at[0]]))
    if (now - start).astype(int) < MONTHS:
        return Unchecked(
            f"Whether it went to usual payees could not be checked: that takes {MONTHS} earlier months, and the "
            f"ledger begins on {day(hit.flows.start)}."
        )
    before = hit.graph.out.of(hit.subject)
    before = before[before < hit.at[0]]
    before = before[np.isin(hit.flows.beneficiary[before], hit.flows.beneficiary[gone])]
    before = before[hit.months(before) < hit.months(hit.at[:1])[0]]
    usual = _again(hit.flows.beneficiary[before], hit.months(before))
    paid = int(hit.flows.amount[gone[np.isin(hit.flows.beneficiary[gone], usual)]].sum())
    if 5 * paid < 4 * int(hit.flows.amount[gone].sum()):
        return None
    return f"Most of it went to payees paid in at least {MONTHS} earlier months too, as suppliers and employees are."


def same_round(hit: Hit) -> str | None:
    """Most came from those, and went to those, that also did so in other weeks, as with an agent of regular clients."""
    import numpy as np

    flows = hit.flows
    sides: list[bool] = []
    for rows, ends, amount, all_rows in (
        (hit.rows("in"), flows.originator, flows.received, hit.graph.into.of(hit.subject)),
        (hit.rows("out"), flows.beneficiary, flows.amount, hit.graph.out.of(hit.subject)),
    ):
        weeks = np.unique(hit.weeks(rows))
        asked = np.zeros(len(flows.outside), bool)
        asked[ends[rows]] = True  # of a hub, only those who are in the hit
        other = all_rows[asked[ends[all_rows]]]
        other = other[~np.isin(hit.weeks(other), weeks)]
        usual = _again(ends[other], hit.weeks(other))
        usual = usual[~flows.outside[usual]]
        same = int(amount[rows[np.isin(ends[rows], usual)]].sum())
        sides.append(5 * same >= 4 * int(amount[rows].sum()))
    if not all(sides):
        return None
    return "Most came from the same and went to the same in other weeks too, as with an agent of regular clients."


def one_holder(hit: Hit) -> str | None:
    """All accounts on the way have the same holder, as in cash pooling."""
    holders = {hit.holder(int(v)) for v in hit.flows.originator[hit.at]}
    return "All accounts on the way have the same holder." if len(holders) == 1 and None not in holders else None


def paid_back(hit: Hit) -> str | None:
    """The one who got it paid back exactly the same amount, as with a refund or a repaid loan."""
    flows, first, last = hit.flows, hit.at[0], hit.at[-1]
    direct = flows.beneficiary[first] == flows.originator[last]
    same = flows.received[last] == flows.amount[first] and flows.currency_received[last] == flows.currency[first]
    return (
        "The payee paid exactly the same amount back, as with a refund or a repaid loan." if direct and same else None
    )
