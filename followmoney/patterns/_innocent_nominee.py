"""Innocent explanations of somebody who acts for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followmoney.patterns._hit import Hit

_OTHERS = 3


def _stranger(hit: Hit) -> str:
    from followmoney.patterns._mandates import with_say

    return with_say(hit.flows, hit.party(hit.subject) or "", hit.at)[0]


def family(hit: Hit) -> str | None:
    """The one who acts has the surname or the address of who stands in front, as in a family firm."""
    from followmoney.patterns._mandates import fronts
    from followmoney.patterns._register import Register
    from followmoney.schema.clock import DAY

    register, day = hit.flows.once(Register), int(hit.flows.time[hit.at[0]]) // DAY
    stranger = _stranger(hit)
    own = register.name(stranger).split()
    for front in fronts(register, hit.party(hit.subject) or "", day):
        name = register.name(front).split()
        if len(name) > 1 and len(own) > 1 and name[-1].casefold() == own[-1].casefold():
            return f"{' '.join(own)} and {' '.join(name)} have the same surname, as in a family firm."
        if set(register.at(stranger, day)) & set(register.at(front, day)):
            return f"{' '.join(own)} and {' '.join(name)} live at the same address, as a family does."
    return None


def acts_for_many(hit: Hit) -> str | None:
    """The one who acts does so for several holders, as an accountant or a lawyer does."""
    from followmoney.patterns._mandates import strangers

    stranger = _stranger(hit)
    others = {h for h, s in strangers(hit.flows) if s == stranger} - {hit.party(hit.subject)}
    if len(others) < _OTHERS:
        return None
    return f"{hit.name(stranger)} acts for {len(others):,} other holders too, as an accountant or a lawyer does."
