"""Networks as results: roles, findings inside, levels, the same network in two runs, who is behind it, its picture."""

import json
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted_rings import clustered, grouped, planted

import followmoney as fm
from followmoney.cli import main
from followmoney.communities import ROLES
from followmoney.communities.networks import Networks
from followmoney.errors import SettingsError
from followmoney.finding import Findings
from followmoney.reports import network as drawn
from followmoney.reports import picture
from followmoney.reports._network_plan import plan
from followmoney.reports._paper import overlap

SCHEME = """
party P1 person "Ana Example"
party P2 person "Ben Example"
account M1 holder=P1 ES
account M2 holder=P1 PT
account H holder=P2
role P2 M1 signatory
2024-03-04 S1 -> H 9,000.00 #s1
2024-03-04 S2 -> H 9,000.00 #s2
2024-03-04 S3 -> H 9,000.00 #s3
2024-03-05 H -> M1 8,900.00 #h1
2024-03-05 H -> M2 8,900.00 #h2
2024-03-05 H -> M3 8,900.00 #h3
2024-03-06 M1 -> E 8,800.00 #m1
2024-03-06 M2 -> E 8,800.00 #m2
2024-03-06 M3 -> E 8,800.00 #m3
2024-03-07 E -> ? 26,000.00 #e1
2024-03-03 cash -> S1 9,100.00 #c1
2024-03-03 cash -> S2 9,100.00 #c2
2024-03-03 cash -> S3 9,100.00 #c3
2024-03-08 X -> Y 5.00 #x1
2024-03-09 Y -> ? 30,000.00 #x2
"""


@pytest.fixture(scope="module")
def graph():
    return fm.FlowGraph(fm.sketch(SCHEME))


@pytest.fixture(scope="module")
def scheme(graph):
    return fm.cluster(graph, "components", findings=fm.detect(graph))[0]


def test_members_have_the_parts_they_play(scheme) -> None:
    roles = dict(zip(scheme.members["vertex"], scheme.members["roles"].to_list(), strict=True))
    assert roles["H"] == ["hub", "pass_through", "bridge"]
    assert roles["E"] == ["collector", "pass_through", "exit"]
    assert roles["M1"] == ["pass_through"]
    assert roles["S1"] == ["pass_through", "entry"]
    assert scheme.role("entry") == ["S1", "S2", "S3"]
    assert scheme.role("exit") == ["E"]
    with pytest.raises(SettingsError, match="Did you mean 'collector'"):
        scheme.role("collecter")
    assert set(ROLES) >= {role for of in roles.values() for role in of}


def test_countries_are_those_of_members(scheme) -> None:
    assert scheme.countries == ("ES", "PT")


def test_who_stands_behind_several_members_is_named(scheme) -> None:
    assert scheme.controllers().rows() == [
        ("P1", "Ana Example", ["M1", "M2"], ["holder"]),
        ("P2", "Ben Example", ["H", "M1"], ["holder", "signatory"]),
    ]


def test_owners_of_several_members_stand_behind_them_after_a_fold() -> None:
    text = "account A holder=C1\naccount B holder=C2\nowns P1 C1 60%\nowns P1 C2 30%\n2024-03-04 A -> B 9.00"
    network = fm.cluster(fm.FlowGraph(fm.sketch(text)).fold("holder"))[0]
    assert network.controllers().select("party", "members", "how").rows() == [("P1", ["C1", "C2"], ["owner"])]


OWNED = """
    party P1 person "Ana Example"
    party C1 company
    party C2 company
    owns P1 C1 60%
    owns C1 C2 80%
    account A holder=C1
    account B holder=C2
    account C holder=P1
    2024-03-04 A -> B 9.00
    2024-03-05 B -> C 8.00
    2024-03-06 C -> D 7.00
"""


def test_a_network_names_the_person_who_owns_its_members_in_the_end() -> None:
    network = fm.cluster(fm.FlowGraph(fm.sketch(OWNED)), "components")[0]
    behind = "Ana Example stands behind 3 of the 4, as holder or as owner of 25 % or more in the end."
    assert network.explanation.endswith(behind)
    assert network.owners().select("vertex", "name", "how").rows() == [
        ("A", "Ana Example", "beneficial owner"),
        ("B", "Ana Example", "beneficial owner"),
        ("C", "Ana Example", "holder"),
    ]
    ana = network.controllers().row(0, named=True)
    assert (ana["party"], ana["members"]) == ("P1", ["A", "B", "C"])
    assert ana["how"] == ["beneficial owner", "holder", "owner"]


def test_several_who_stand_behind_as_many_are_all_said() -> None:
    text = OWNED.replace("60%", "40%").replace("80%", "100%")
    text += "\n".join(f"party P{n} person\nowns P{n} C1 30%" for n in (2, 3))
    network = fm.cluster(fm.FlowGraph(fm.sketch(text)), "components")[0]
    assert "Ana Example stands behind 3 of the 4" in network.explanation
    network = fm.cluster(fm.FlowGraph(fm.sketch(text.replace(" C holder=P1", " C"))), "components")[0]
    assert "Ana Example, P2 and 1 more each stand behind 2 of the 4" in network.explanation


def test_networks_are_equal_by_what_they_say(graph) -> None:
    networks = fm.cluster(graph)
    assert networks == fm.cluster(graph)
    assert networks[0] == fm.cluster(graph)[0]
    assert networks != fm.cluster(graph, "components")
    assert hash(networks) == hash(fm.cluster(graph))


def test_findings_are_inside_the_network_that_has_half_of_their_accounts(graph) -> None:
    findings = fm.detect(graph)
    networks = fm.cluster(graph, "components", findings=findings)
    members = {n.id: set(n.members["vertex"]) for n in networks}
    outside = set(graph.vertices["id"].filter(graph.outside))
    expected = set()
    for finding in findings:
        ends = (set(finding.evidence["originator"]) | set(finding.evidence["beneficiary"])) - outside
        about = {finding.subject} & ends
        expected |= {(n, finding.id) for n, of in members.items() if 2 * len(ends & of) >= len(ends) and about <= of}
    assert set(networks.inside.select("network", "finding").rows()) == expected
    assert expected
    first = networks[0]
    assert first.findings == len(first.inside) > 0
    assert re.search(
        rf" {first.findings} findings? inside: .*{first.inside['pattern'][0].split('_')[0]}", first.explanation
    )
    assert [n.findings for n in networks] == sorted((n.findings for n in networks), reverse=True)


def test_a_finding_about_somebody_else_is_not_inside_the_network() -> None:
    text = "".join(f"2024-03-0{day} {who} -> B 900.00\n" for day in range(1, 8) for who in "AC")
    graph = fm.FlowGraph(fm.sketch(text + "".join(f"2024-04-{day:02} D -> E {day}.00\n" for day in range(1, 25))))
    networks = fm.cluster(graph, "components")
    findings = fm.detect(graph.only(range(0)), [])
    one = {"id": "f1", "pattern": "fan_in", "subject": "D"}
    shown = [("A", "B", "t1"), ("C", "B", "t2"), ("D", "E", "t15")]
    evidence = [
        {"finding": "f1", "transaction": t, "role": "in", "originator": a, "beneficiary": b} for a, b, t in shown
    ]
    frames = [findings.frame.clear().vstack(pl.DataFrame([one], schema=findings.frame.schema))]
    frames.append(pl.DataFrame(evidence, schema=findings.evidence.schema))
    assert not len(networks.with_findings(Findings(*frames)).inside)  # three of five accounts, but not the one


def test_findings_given_again_replace_those_before(graph) -> None:
    findings = fm.detect(graph)
    once = fm.cluster(graph, "components", findings=findings)
    assert once.with_findings(findings).frame.equals(once.frame)
    none = once.with_findings(fm.detect(graph, []))
    assert none.frame.equals(fm.cluster(graph, "components").frame)


def test_findings_on_accounts_are_inside_networks_of_holders(graph) -> None:
    networks = fm.cluster(graph.fold("holder"), "components", findings=fm.detect(graph))
    assert len(networks.inside) > 0
    assert "P1" in networks[0].members["vertex"]


def test_without_findings_the_network_that_most_money_left_comes_first(graph) -> None:
    assert [n.outgoing for n in fm.cluster(graph, "components")] == [3_000_000, 2_600_000]


def test_levels_are_nested_and_the_first_is_that_of_its_resolution_alone() -> None:
    lines, _ = planted()
    alone, several = clustered(lines, resolution=1.0), clustered(lines, resolution=1.0, coarser=(0.3, 0.02))
    first = several.frame.filter(several.frame["level"] == 0)
    assert first["id"].to_list() == alone.frame["id"].to_list()
    assert several.frame["id"].is_unique().all()
    assert several.frame["level"].max() == 2
    assert "Networks are given at 3 levels" in " ".join(several.notes)
    for network in several:
        if network.parent:
            parent = several[network.parent]
            assert parent.level > network.level
            assert set(network.members["vertex"]) < set(parent.members["vertex"])


def changed():
    lines, hidden = planted()
    ring = sorted(hidden[0])
    more = [f"2024-03-04 {a} -> new 9,000.00" for a in ring] * 2
    return clustered(lines), clustered([*lines, *more]), hidden


def test_a_network_that_won_a_member_is_matched_by_those_it_kept() -> None:
    before, now, hidden = changed()
    rows = {row["network"]: row for row in now.match(before).iter_rows(named=True)}
    grown = next(n for n in now if "new" in n.members["vertex"])
    was = next(n for n in before if set(n.members["vertex"]) & hidden[0])
    assert (rows[grown.id]["before"], rows[grown.id]["joined"], rows[grown.id]["gone"]) == (was.id, 1, 0)
    assert rows[grown.id]["jaccard"] == was.size / grown.size
    kept = now.keep_ids(before)
    assert kept[was.id].members["vertex"].to_list() == grown.members["vertex"].to_list()
    assert f"{len(rows):,} of {len(now):,} networks go by the id of an earlier run" in kept.notes[-1]
    again = kept.match(before)
    assert again["network"].to_list() == again["before"].to_list()


PARTITION = st.lists(st.integers(0, 4), min_size=8, max_size=8)


def networks_of(groups):
    """Networks with these members, by way of one component each."""
    pairs = [(a, b) for a in range(8) for b in range(a + 1, 8) if groups[a] == groups[b]]
    return clustered(
        ["2024-01-01 y -> z 1.00", *(f"2024-01-01 v{a} -> v{b} 5.00" for a, b in pairs)], method="components"
    )


@given(PARTITION, PARTITION, st.sampled_from([0.5, 0.2]))
def test_a_match_is_above_the_least_and_each_network_has_one_at_most(one, other, least) -> None:
    now, before = networks_of(one), networks_of(other)
    sets = [{n.id: frozenset(n.members["vertex"]) for n in of} for of in (now, before)]
    found = now.match(before, least).rows(named=True)
    for row in found:
        a, b = sets[0][row["network"]], sets[1][row["before"]]
        assert (row["shared"], row["joined"], row["gone"]) == (len(a & b), len(a - b), len(b - a))
        assert row["jaccard"] == len(a & b) / len(a | b) > least
    assert len({r["network"] for r in found}) == len({r["before"] for r in found}) == len(found)
    if least == 0.5:
        alike = {(i, j) for i, a in sets[0].items() for j, b in sets[1].items() if 2 * len(a & b) > len(a | b)}
        assert {(r["network"], r["before"]) for r in found} == alike
    kept = now.keep_ids(before, least)
    assert kept.frame["id"].is_unique().all()
    assert grouped(kept) == grouped(now)


def test_seeds_grow_to_the_ring_they_are_in_and_hubs_are_not_gone_through() -> None:
    lines, hidden = planted()
    ring = sorted(hidden[0])
    found = clustered(lines, method="seeds", seeds=[ring[0]])
    assert len(found) == 1
    members = set(found[0].members["vertex"])
    assert len(members & hidden[0]) / len(members | hidden[0]) > 0.6
    star = [f"2024-01-01 hub -> v{i} 5.00" for i in range(6)] + ["2024-01-01 v0 -> w 5.00"]
    assert grouped(clustered(star, method="seeds", seeds=["w"], by="hops", hops=5, through=5)) == {
        frozenset({"w", "v0", "hub"})
    }
    assert clustered(star, method="seeds", seeds=["hub"], by="hops", hops=1, through=5)[0].size == 7


def test_accounts_within_so_many_steps_equal_a_plain_walk() -> None:
    lines, _ = planted(rings=2, around=25, payments=30)
    pairs = [(line.split()[1], line.split()[3]) for line in lines]
    for hops in (1, 2, 3):
        reached = {"a003"}
        for _ in range(hops):
            reached |= {x for a, b in pairs for x in (a, b) if {a, b} & reached}
        assert grouped(clustered(lines, method="seeds", seeds=["a003"], by="hops", hops=hops)) == {frozenset(reached)}


def test_a_picture_reconciles_and_says_what_it_leaves_out(scheme) -> None:
    found = picture("network", scheme)
    assert "Drawn EUR 80,100.00 of EUR 80,100.00 in 9 of 9 transactions, between 8 of 8 members." in found.caption
    assert found.omitted == ()
    assert len(found.rows()) == 9
    assert "Ben Example to Ana Example: EUR 8,900.00 in 1 transaction" in found.svg
    few = drawn.drawing(scheme, most=3)
    assert "5 members through whom less moved, not drawn." in few.omitted
    assert f"in {len(few.shown)} of 9 transactions, between 3 of 8 members" in few.caption
    assert scheme.picture().get_figure() is not None


@given(st.integers(1, 24), st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=40))
def test_no_name_covers_another(size, pairs) -> None:
    members = [
        {"label": f"Somebody long {n}", "vertex": f"NL{n:016}", "roles": list(ROLES), "incoming": 5_000, "outgoing": 7}
        for n in range(size)
    ]  # fmt: skip
    paid = {(a % size, b % size): (5, 1) for a, b in pairs if a % size != b % size}
    placed = plan(members, paid, "EUR")
    areas = [label.area() for spot in placed.spots for label in spot.labels]
    assert not any(overlap(a, b) for n, a in enumerate(areas) for b in areas[:n])
    assert all(a[0] >= 0 and a[2] <= placed.wide for a in areas)


def test_the_report_shows_the_first_networks_in_full(graph, tmp_path) -> None:
    findings = fm.detect(graph)
    networks = fm.cluster(graph, "components", findings=findings)
    page = fm.report(fm.Case("Case", findings, networks, source=graph.ledger), tmp_path / "out").read_text("utf-8")
    assert "Ben Example stands behind 2 members (holder, signatory)." in page
    assert "arrow-0" in page
    assert "without it the network would fall into pieces" in page
    saved = Networks(networks.frame, networks.members, networks.notes)
    page = fm.report(fm.Case("Case", findings, saved, source=graph.ledger), tmp_path / "out").read_text("utf-8")
    assert "arrow-0" not in page


def test_the_command_gives_networks_members_and_findings(tmp_path, capsys) -> None:
    fm.sketch(SCHEME).save(tmp_path / "saved")
    said = {}
    for part in ("networks", "members", "findings"):
        assert main(["cluster", str(tmp_path / "saved"), "--method", "components", "--findings", "--part", part]) == 0
        said[part] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [n["findings"] > 0 for n in said["networks"]] == [True, False]
    assert {m["vertex"]: m["roles"] for m in said["members"]}["E"] == ["collector", "pass_through", "exit"]
    assert {f["network"] for f in said["findings"]} == {said["networks"][0]["id"]}
    seeds = ["cluster", str(tmp_path / "saved"), "--method", "seeds", "--seeds.seeds", "X,S1", "--seeds.by", "hops"]
    assert main([*seeds, "--seeds.hops", "1"]) == 0
    assert sorted(json.loads(line)["size"] for line in capsys.readouterr().out.splitlines()) == [2, 2]
