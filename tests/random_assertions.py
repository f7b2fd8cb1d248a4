"""Random assertions of an analyst about a random ledger."""

from datetime import date
from itertools import combinations

from hypothesis import strategies as st

from followmoney.errors import SettingsError
from followmoney.tracing import Assertion
from followmoney.tracing._record import record


def asserted(kind, *about):
    """An assertion with a reason and a name."""
    return Assertion(kind, about, why="Seen in the statement.", who="A. Analyst", when=date(2024, 5, 1))


@st.composite
def assertions(draw, graph, claim):
    """Up to five assertions that this ledger can bear: interest, links of cash, fees, accounts where the claim ends."""
    names = graph.ledger.numbered["id"].gather(graph.columns.number).to_list()
    out, back = (graph.outside[ends].tolist() for ends in (graph.beneficiary, graph.originator))
    credits_ = [name for name, gone in zip(names, out, strict=True) if not gone and name not in claim]
    ways = [
        (names[one], names[other])
        for one, other in combinations(range(len(names)), 2)
        if out[one] and back[other] and graph.beneficiary[one] == graph.originator[other]
    ]
    found = []
    kinds = st.sampled_from(("interest", "link", "interest", "fee", "pooled", "good_faith"))
    for kind in draw(st.lists(kinds, max_size=5)):
        choices = {"interest": credits_, "link": ways, "fee": names}.get(kind, graph.vertices["id"].to_list())
        if not choices:
            continue
        about = draw(st.sampled_from(choices))
        some = asserted(kind, *([about] if isinstance(about, str) else about))
        try:
            record(graph, claim, len(graph), None, [*found, some])
        except SettingsError:  # such a link is refused
            continue
        found.append(some)
    return found
