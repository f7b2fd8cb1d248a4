"""Who is behind the accounts that hold claim money, on the day the trace ends."""

import followmoney as fm

TEXT = """
party P person "Pia"
party Q person
party A company "A Ltd"
account a1 holder=A
account q1 holder=Q
account z1 holder=Z
owns P A 60% end=2024-03-07
owns Q A 60% start=2024-03-07
2024-03-04 v -> a1 100.00 #t1
2024-03-05 a1 -> q1 30.00
2024-03-06 a1 -> z1 20.00
2024-03-08 a1 -> q1 1.00
"""


def test_account_holder_person_on_the_last_day() -> None:
    graph = fm.FlowGraph(fm.sketch(TEXT))
    frame = fm.trace(graph, "t1", until="2024-03-06").beneficial_owners()
    assert frame.select("account", "holder", "person", "person_name", "article", "path").rows() == [
        ("a1", "A", "P", "Pia", "52(1)", "P → A (60 %)"), ("a1", "A", "P", "Pia", "53(2)(c)", "P → A (60 %)"),
        ("q1", "Q", "Q", None, None, "Q"), ("z1", "Z", None, None, None, None),
    ]  # fmt: skip
    later = fm.trace(graph, "t1").beneficial_owners()
    assert later.filter(later["account"] == "a1")["person"].unique().to_list() == ["Q"]
    assert frame["claim"].to_list() == [5_000, 5_000, 3_000, 2_000]
