"""Settings that exclude one another: the nearer one is taken, and two from the same place are an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followmoney.errors import SettingsError
from followmoney.settings._by_currency import added, by_currency
from followmoney.settings._leaves import leaves
from followmoney.tracing.by_status import ByStatus

if TYPE_CHECKING:
    from followmoney.settings._layers import Given
    from followmoney.settings.sections import Trace

_CLAIMS = ("trace.claim", "trace.claim_from", "trace.claimants")
"""Ways to name the claim."""
_RULE, _QUESTION = "trace.rule", "trace.question"


def over(*layers: Given) -> Given:
    """Layers one over the other, the nearest last: a claim named one way there replaces one named another way below.

    Amounts by currency add up, currency by currency.

    A question that comes without a rule asks for the rule by_status: alone it would change nothing.
    """
    given: Given = {}
    for layer in layers:
        if any(layer[path][0] for path in _CLAIMS if path in layer):
            given = {path: value for path, value in given.items() if path not in _CLAIMS}
        if _QUESTION in layer and layer[_QUESTION][0] and _RULE not in layer:
            given[_RULE] = (ByStatus.name, layer[_QUESTION][1])
        for path, (value, origin) in layer.items():
            leaf = leaves()[path]
            below: dict[str, int] = given[path][0] if path in given and by_currency(leaf) else {}
            given[path] = (added(leaf, below, value) if by_currency(leaf) else value, origin)
    return given


def check(trace: Trace, given: Given) -> None:
    """Stop where the claim is named in two ways.

    Raises:
        SettingsError: It is; it says which, and where they were given.
    """
    claims = (trace.claim, trace.claim_from, trace.claimants)
    named = [path for path, value in zip(_CLAIMS, claims, strict=True) if value]
    if len(named) > 1:
        origins = ", ".join(sorted({given[path][1] for path in named}))
        raise SettingsError(
            f"{origins}: {' and '.join(named)} are both set; name the claim in one way, by transactions, "
            "by a pattern, or by claimants."
        )
