"""Who moves money together: one method a file; a file dropped into this folder is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from followmoney.communities._catalogue import catalogue
from followmoney.communities._method import Method, option
from followmoney.communities.network import Network
from followmoney.communities.networks import Networks

if TYPE_CHECKING:
    from followmoney.finding import Findings
    from followmoney.graph import FlowGraph


def cluster(
    graph: FlowGraph,
    method: str | Method = "leiden",
    *,
    seed: int = 1,
    findings: Findings | None = None,
    **options: Any,  # noqa: ANN401
) -> Networks:
    """Find networks: accounts that move money mostly among themselves, two or more at a time.

    Cash and unknown ends belong to no network: they would tie everything together. The result depends on the
    transactions, the options and the seed only; not on the order of rows in the files, on threads, or on random
    numbers drawn elsewhere.

    Args:
        graph: Transactions between accounts or, after `fold`, between holders or owners.
        method: A name from `catalogue()`, or a method with options of your own.
        seed: For methods that draw random numbers: the same seed gives the same networks.
        findings: What `detect` found in the same ledger: says which findings lie inside each network, and ranks by it.
        options: Options of the method, by name: `cluster(graph, "leiden", resolution=0.1)`,
            `cluster(graph, "seeds", seeds=["A", "B"])`.

    Returns:
        The networks, ranked; see `Networks`.

    Raises:
        SettingsError: An unknown method or option, or a value that makes no sense.

    Cost: that of the method (Leiden: about 7 µs of CPU a tie), 1 µs a transaction, and 60 µs a network found.
    """
    from followmoney.communities._cluster import cluster as run

    return run(graph, method, seed, findings, options)


ROLES = {
    "hub": "moves money with at least half of the other members, three or more",
    "collector": "receives from three members or more, at least twice as many as it pays",
    "distributor": "pays three members or more, at least twice as many as pay it",
    "pass_through": "pays at least four fifths of what it receives, and receives at least four fifths of what it pays",
    "bridge": "without it the network would fall into pieces",
    "entry": "one of the fewest members through whom four fifths of the money from outside came in",
    "exit": "one of the fewest members through whom four fifths of the money to outside went out",
}
"""What members can be called and what it takes, in the order in which it is said; all are followmoney defaults."""

__all__ = ["ROLES", "Method", "Network", "Networks", "catalogue", "cluster", "option"]
