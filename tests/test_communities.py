"""Networks: what they say of their members and money, and how methods and options are chosen."""

import sys
from dataclasses import fields

import polars as pl
import pytest
from planted_rings import clustered, grouped, planted

import followmoney as fm
from followmoney.communities import Method, Network, Networks, _catalogue, catalogue
from followmoney.communities._frames import INSIDE, MEMBERS, NETWORKS
from followmoney.communities.leiden import Leiden
from followmoney.errors import SettingsError

RING = """
party P person "Ana Example"
account A holder=P
2024-03-04 A -> B 9,500.00 #t1
2024-03-05 B -> C 9,000.00 #t2
2024-03-06 C -> A 8,000.00 #t3
2024-03-06 C -> C 1.00 #t4
2024-03-07 cash -> A 10,000.00 #t5
2024-03-08 A -> ? 10.00 #t6
2024-03-09 D -> E 10.00 GBP #t7
2024-03-10 E -> D 10.00 EUR #t8
2024-03-10 cash -> Z 10.00 EUR #t9
"""


@pytest.fixture(scope="module")
def networks():
    return fm.cluster(fm.FlowGraph(fm.sketch(RING)))


def test_a_network_says_what_moved_within_into_and_out_of_it(networks) -> None:
    ring = networks[0]
    assert ring.explanation == (
        "3 accounts moved EUR 26,500.00 among themselves in 3 transactions between 2024-03-04 and 2024-03-06; "
        "EUR 10,000.00 came in, all through Ana Example (A), and EUR 10.00 went out, all through Ana Example (A)."
    )
    assert (ring.size, ring.transactions, ring.internal, ring.incoming, ring.outgoing, ring.currency) == (
        3, 3, 2_650_000, 1_000_000, 1_000, "EUR",
    )  # fmt: skip
    assert ring.label == "Ana Example and 2 others"
    assert ring.members.select("network", "vertex", "label", "received", "paid", "incoming", "outgoing").rows() == [
        (ring.id, "A", "Ana Example", 800_000, 950_000, 1_000_000, 1_000),
        (ring.id, "B", "B", 950_000, 900_000, 0, 0),
        (ring.id, "C", "C", 900_000, 800_000, 0, 0),
    ]


def test_amounts_in_several_currencies_are_named_and_never_added(networks) -> None:
    pair = networks[1]
    assert (pair.internal, pair.incoming, pair.outgoing, pair.currency) == (None, None, None, None)
    assert "moved EUR 10.00 and GBP 10.00 among themselves in 2 transactions" in pair.explanation
    assert pair.explanation.endswith("nothing came in and nothing went out.")


def test_what_was_left_out_is_said(networks) -> None:
    assert networks.notes == (
        "Grouped by leiden (objective cpm, resolution 0.4, iterations 2, weight amount, seed 1).",
        (
            "Cash and unknown ends belong to no network, for they would tie everything together; 3 transactions with "
            "them count as coming in or going out."
        ),
        "1 account is in no network.",
        "1 transaction of an account to itself is not counted.",
        (
            "Amounts in several currencies are not added: 1 network names each in the sentence and none in the table; "
            "sums and roles of members are there in the currency of most of its transactions."
        ),
    )


def test_the_rows_of_a_network_are_its_transactions(networks) -> None:
    rows = networks[0].rows()
    assert rows["id"].to_list() == ["t1", "t2", "t3"]
    assert rows.select("source", "row").rows() == [("sketch", 4), ("sketch", 5), ("sketch", 6)]


def test_after_a_fold_members_are_holders() -> None:
    graph = fm.FlowGraph(fm.sketch(RING)).fold("holder")
    ring = fm.cluster(graph)[0]
    assert ring.members["vertex"].to_list() == ["P", "B", "C"]
    assert ring.explanation.startswith("3 holders moved")


def test_networks_are_reached_by_place_and_by_id(networks) -> None:
    assert len(networks) == 2
    assert [n.id for n in networks] == networks.frame["id"].to_list()
    assert networks[networks[1].id].size == 2
    assert [f.name for f in fields(Network)][:15] == networks.frame.columns
    with pytest.raises(SettingsError, match="Unknown network 'x'"):
        networks["x"]
    with pytest.raises(IndexError):
        networks[2]


def test_networks_show_themselves(networks) -> None:
    assert repr(networks) == "Networks(2 networks of 5 members)"
    assert "2 networks" in networks._repr_html_()
    assert "Ana Example and 2 others" in networks[0]._repr_html_()


def test_tables_that_were_saved_are_networks_again(networks) -> None:
    again = Networks(networks.frame, networks.members, networks.notes)
    assert again[0].explanation == networks[0].explanation
    with pytest.raises(SettingsError, match="run `cluster` on the graph"):
        again[0].rows()


def test_the_id_of_a_network_is_that_of_its_members() -> None:
    one, other = (clustered([f"2024-03-0{d} A -> B {n}.00" for d in range(1, 4)])[0] for n in (5, 5_000))
    assert one.id == other.id
    assert one.id != clustered(["2024-03-01 A -> C 5.00"])[0].id


def test_networks_come_by_money_that_left_then_size_then_first_member() -> None:
    lines = [
        "2024-03-01 Y -> X 5.00", "2024-03-02 B -> C 5.00", "2024-03-03 M -> N 5.00", "2024-03-03 N -> O 5.00",
        "2024-03-04 Y -> ? 9.00",
    ]  # fmt: skip
    assert [n.members["vertex"].min() for n in clustered(lines)] == ["X", "M", "B"]


def test_an_empty_graph_has_no_networks() -> None:
    for method in catalogue():
        around = {"seeds": ["A"]} if method == "seeds" else {}
        none = fm.cluster(fm.FlowGraph(fm.sketch("account A\n2024-01-01 cash -> B 1.00")), method, **around)
        assert (len(none), len(none.members)) == (0, 0)
        assert none.frame.columns == [f.name for f in fields(Network)][:15]


def test_the_catalogue_is_the_folder() -> None:
    assert list(catalogue()) == ["components", "infomap", "label_propagation", "leiden", "seeds"]
    assert all(issubclass(method, Method) and method.__doc__ for method in catalogue().values())


@pytest.mark.parametrize("method", catalogue().values())
def test_every_option_has_a_meaning_and_a_source(method) -> None:
    assert all(f.metadata["help"] and f.metadata["source"] for f in fields(method))


def test_a_file_dropped_into_the_folder_is_found(tmp_path, monkeypatch) -> None:
    (tmp_path / "together.py").write_text(
        "import numpy as np\nfrom followmoney.communities import Method\n"
        "class Together(Method):\n    def groups(self, ties):\n        return np.zeros(ties.size, np.int64)\n"
    )
    monkeypatch.setattr(sys.modules["followmoney.communities"], "__path__", [str(tmp_path)])
    _catalogue._found.cache_clear()
    try:
        assert list(catalogue()) == ["together"]
        assert clustered(["2024-03-01 A -> B 1.00", "2024-03-01 C -> D 1.00"], method="together")[0].size == 4
    finally:
        _catalogue._found.cache_clear()
        sys.modules.pop("followmoney.communities.together", None)


@pytest.mark.parametrize(
    ("method", "options", "message"),
    [
        ("lieden", {}, "Unknown community method 'lieden'. Did you mean 'leiden'?"),
        ("leiden", {"resolutoin": 1}, "Unknown option of leiden 'resolutoin'. Did you mean 'resolution'?"),
        ("components", {"resolution": 1}, "Unknown option of components 'resolution'."),
        ("leiden", {"objective": "modularty"}, "Did you mean 'modularity'?"),
        ("leiden", {"weight": "amounts"}, "Did you mean 'amount'?"),
        ("leiden", {"resolution": 0}, "resolution = 0 makes no sense; give a number above 0."),
        ("leiden", {"iterations": 0}, "iterations = 0 makes no sense; give 1 or more."),
        ("leiden", {"coarser": [0.5]}, "coarser has 0.5 after 0.4; give resolutions from high to low."),
        ("infomap", {"trials": 0}, "trials = 0 makes no sense; give 1 or more."),
        ("label_propagation", {"weight": "sum"}, "Unknown weight of label_propagation 'sum'."),
        ("seeds", {}, "Name at least one account"),
        ("seeds", {"seeds": ["A1"]}, "Unknown account 'A1'. Did you mean 'A'?"),
        ("seeds", {"seeds": ["A"], "by": "hop"}, "Did you mean 'hops'?"),
        ("seeds", {"damping": 1.0}, "damping = 1.0 makes no sense"),
        (Leiden(), {"resolution": 1}, "Give options to leiden itself, or name the method; not both."),
    ],
)
def test_a_wrong_option_is_an_error_with_the_nearest_name(method, options, message) -> None:
    with pytest.raises(SettingsError) as error:
        clustered(["2024-03-01 A -> B 1.00"], method=method, **options)
    assert message in str(error.value)


def test_a_method_can_be_given_with_its_options() -> None:
    lines, _ = planted()
    assert grouped(clustered(lines, method=Leiden(resolution=0.5))) == grouped(clustered(lines, resolution=0.5))


def test_components_are_all_that_money_connects_cash_aside() -> None:
    found = fm.cluster(fm.FlowGraph(fm.sketch(RING)), "components")
    assert grouped(found) == {frozenset("ABC"), frozenset("DE")}


def test_a_frame_of_networks_has_fixed_types(networks) -> None:
    assert networks.frame.schema["internal"] == pl.Int64
    assert networks.frame.schema["first"] == pl.Datetime("us", "UTC")
    assert networks.frame.schema == NETWORKS
    assert networks.members.schema == MEMBERS
    assert networks.inside.schema == INSIDE
