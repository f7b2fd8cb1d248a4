"""Random assertions of an analyst about a random ledger."""

from datetime import date

from hypothesis import strategies as st

from followmoney.errors import SettingsError
from followmoney.tracing import Assertion
from followmoney.tracing._record import record

ACCOUNTS = ("A", "B", "C", "D")


def asserted(kind, *about):
    """An assertion with a reason and a name."""
    return Assertion(kind, about, why="Seen in the statement.", who="A. Analyst", when=date(2024, 5, 1))


@st.composite
def assertions(draw, graph, claim, kinds=("fee", "pooled", "good_faith", "interest", "link")):
    """Up to four assertions that this ledger can bear."""
    names = graph.ledger.numbered["id"].gather(graph.columns.number).to_list()
    found = []
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=4)):
        if kind in ("pooled", "good_faith"):
            about = (draw(st.sampled_from(ACCOUNTS)),)
        elif kind == "link":
            about = tuple(draw(st.lists(st.sampled_from(names), min_size=2, max_size=2)))
        else:
            about = tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=3)))
        try:
            record(graph, claim, len(graph), None, [*found, asserted(kind, *about)])
        except SettingsError:  # such a link is refused, or there is no such account
            continue
        found.append(asserted(kind, *about))
    return found
