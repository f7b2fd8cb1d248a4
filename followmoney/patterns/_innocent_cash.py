"""Innocent explanations of cash, checked: shops, machines that swallow coins, families, travellers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.patterns._innocent import crossed, takings
from followmoney.patterns._spoken import many
from followmoney.schema.clock import DAY
from followmoney.schema.codes import exponent

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_NOTE = 5
"""The smallest bank note, in major units: sums that no notes make up are coins."""
_WEEKS, _MONTH = 8, 31 * DAY
_CASH_TRADES = ("47", "55", "56", "4932", "4933", "92", "9602", "962")
"""NACE Rev. 2 and 2.1: retail, hotels, food and drink, taxis, gambling, hairdressers."""
_NEAR = 50
"""Amounts that differ by a fiftieth at most are about the same."""


def coins(hit: Hit) -> str | None:
    """Most deposits are sums that no bank notes make up, as coins out of machines or a till are."""
    rows = hit.rows("in")
    note = _NOTE * 10 ** exponent(hit.flows.currencies[hit.currency])
    odd = int((hit.flows.received[rows] % note != 0).sum())
    if 2 * odd < len(rows):
        return None
    return f"{odd} of {len(rows)} deposits are sums that bank notes do not make up, as coins of a till or machine are."


def shops_of_one_holder(hit: Hit) -> str | None:
    """The holder pays in for several places of business: the same machines or towns week after week."""
    import numpy as np

    rows = hit.graph.into.of(hit.subject)
    rows = rows[hit.flows.cash[rows]].astype(np.int64)
    places = hit.column("place", rows).to_numpy()
    inside = {p for p in hit.column("place", hit.rows("in")) if p is not None}
    weeks = hit.weeks(rows)
    steady = [p for p in inside if len(np.unique(weeks[places == p])) >= _WEEKS]
    if len(inside) < 2 or len(steady) < len(inside):  # noqa: PLR2004
        return None
    return f"Cash is paid in at the same {many(len(inside), 'place')} in {_WEEKS} or more weeks each, as from shops."


def crossed_by_them(hit: Hit) -> str | None:
    """Cash was also paid into these accounts at or above the limit, which nobody does who avoids it."""
    import numpy as np

    accounts = np.unique(hit.flows.beneficiary[hit.rows("in")])
    return crossed(hit, np.concatenate([hit.graph.into.of(int(v)) for v in accounts]), "into these accounts")


def takings_of_several(hit: Hit) -> str | None:
    """Each of the accounts gets cash nearly every week over a long time, as the accounts of shops do."""
    import numpy as np

    accounts = np.unique(hit.flows.beneficiary[hit.rows("in")])
    if not all(takings(hit, int(account))[0] for account in accounts):
        return None
    return f"Each of the {len(accounts)} accounts gets cash nearly every week, as the accounts of shops do."


def of_the_family(hit: Hit) -> str | None:
    """Who paid in bears the family name of the holder, as with gifts, or parents who pay in for a student."""
    from followmoney.patterns._people import named

    holder = hit.holder(hit.subject)
    who = {w for w in hit.column("conductor", hit.rows("in")) if w is not None and w != holder}
    if holder is None or not who:
        return None
    name = named(hit, {holder, *who})
    own = _family(name[holder])
    same = sum(_family(name[w]) == own for w in who) if own else 0
    if 2 * same < len(who):
        return None
    return f"{same} of {len(who)} who paid in bear the holder's family name, as with gifts or for a student."


def transfer_came(hit: Hit) -> str | None:
    """A transfer from abroad of that amount came as well within a month, so that the cash did not take its place."""
    from followmoney.patterns._spots import abroad

    flows, first, expected = hit.flows, hit.rows("in")[0], int(hit.flows.received[hit.rows("link")[0]])
    rows = hit.graph.into.of(hit.subject).astype("int64")
    rows = rows[(rows > first) & (flows.time[rows] <= flows.time[first] + _MONTH) & ~flows.cash[rows]]
    rows = rows[(flows.currency_received[rows] == hit.currency) & abroad(flows, rows)]
    if not (abs(flows.received[rows] - expected) * _NEAR <= expected).any():
        return None
    return "A transfer of about that amount came from abroad as well within a month: the cash did not take its place."


def holder_travels(hit: Hit) -> str | None:
    """The holder paid in all of it, as one who sells on the road does."""
    from followmoney.patterns._people import names

    rows = hit.rows("in")
    who = set(hit.column("conductor", rows).to_list())
    holder = hit.holder(hit.subject)
    if holder is None or not who <= {holder, *names(hit, [holder])}:
        return None
    return "The holder paid in all of the cash, as one who sells on the road does."


def cash_trade(hit: Hit) -> str | None:
    """The holder is in a line of business in which people pay cash: retail, food, taxis, hairdressers, arcades."""
    sector = hit.flows.known["party.sector"]
    number = int(sector.values[hit.subject])
    own = sector.names[number] if number >= 0 else ""
    if not own.lstrip("ABCDEFGHIJKLMNOPQRSTU.").replace(".", "").startswith(_CASH_TRADES):
        return None
    return f"In the holder's line of business ({own}) many customers pay cash."


def same_weekday(hit: Hit) -> str | None:
    """Nearly all is paid in on one day of the week, as by one who goes to the bank once a week."""
    import numpy as np

    days = np.unique(hit.flows.time[hit.rows("in")] // DAY)
    most = int(np.bincount(days % 7).max())
    if len(days) < _WEEKS or 5 * most < 4 * len(days):
        return None
    return f"{most} of {len(days)} days on which cash was paid in are the same day of the week, as of a weekly errand."


def _family(name: str) -> str:
    """The last word of a name that has more than one."""
    return name.rsplit(maxsplit=1)[-1].casefold() if " " in name.strip() else ""
