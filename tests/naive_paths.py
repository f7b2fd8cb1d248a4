"""Plain twins of arrival and paths: every way is walked, one by one, and then the best are picked."""

from dataclasses import dataclass

from followmoney.tracing._tape import STOP, UNDO


@dataclass(frozen=True)
class Label:
    """One way by which money of a claim can have come: when it began, in how many transactions."""

    began: int
    hops: int


def labels(record, claims, within):
    """By position: every way by which claim money can have come with that transaction."""
    tape = record.tape
    undoes = dict(zip([at for at in range(len(tape)) if tape.mark[at] & UNDO], tape.undoes.tolist(), strict=True))
    there, came = {}, []
    for at in range(len(tape)):
        found = {Label(way.began, way.hops + 1) for way in there.get(int(tape.paid[at]), ())}
        if at in undoes:
            found |= {Label(way.began, way.hops + 1) for way in came[undoes[at]]}
        if at in claims:
            found.add(Label(int(tape.time[at]), 0))
        found = {way for way in found if within is None or tape.time[at] - way.began <= within}
        came.append(found)
        if not tape.mark[at] & STOP:
            there.setdefault(int(tape.got[at]), set()).update(found)
    return came


def end(record, at):
    """What a transaction brings money to: kind and name."""
    account = int(record.purses.account[record.tape.got[at]])
    name = record.graph.vertices["id"][account]
    if at in record.assets:
        return "asset", record.assets[at]
    if at in record.stops:
        return record.stops[at], name
    return (record.graph.vertices["scheme"][account] if record.graph.outside[account] else "account"), name


def arrival(record, claims, within=None):
    """(kind, name) → position and fewest hops of the first arrival."""
    found = {}
    for at, ways in enumerate(labels(record, claims, within)):
        if ways:
            found.setdefault(end(record, at), (at, min(way.hops for way in ways)))
    return found


def paths(trace, goes_there, order, hops, within):
    """Every path, best first: positions and strength. `goes_there(at)`: the most that can come there, or None."""
    record, flows, tape = trace.record, trace.flows, trace.record.tape
    slot = {at: number for number, at in enumerate(flows.at.tolist())}
    claims = [at for at in tape.claims.tolist() if name(trace, at) in trace.claim]
    found = []

    def go(path, visited, brings):
        at = path[-1]
        took = int(record.graph.time[at] - record.graph.time[path[0]])
        if within is not None and took > within:
            return
        most = goes_there(at)
        if most is not None:
            if min(brings, most) > 0:
                found.append((path, min(brings, most), took))
            return
        brings = min(brings, int(flows.given[slot[at]]))
        if brings <= 0 or len(path) > hops:
            return
        for on in range(at + 1, len(tape)):
            if tape.paid[on] == tape.got[at] and on in slot and int(tape.got[on]) not in visited:
                left = min(brings, int(flows.taken[slot[on]]))
                left = left * int(tape.received[on]) // int(tape.amount[on])
                if left > 0:
                    go((*path, on), visited | {int(tape.got[on])}, left)

    for at in claims:
        go((at,), {int(tape.got[at])}, int(trace.outcome.arrived[at]))
    key = {
        "strongest": lambda path, strength, _: (-strength, len(path), path[::-1]),
        "fewest": lambda path, strength, _: (len(path), -strength, path[::-1]),
        "fastest": lambda path, strength, took: (took, -strength, len(path), path[::-1]),
    }[order]
    return [(path, strength) for path, strength, _ in sorted(found, key=lambda one: key(*one))]


def name(trace, at):
    return trace.graph.ledger.numbered["id"][int(trace.graph.columns.number[at])]


def goes_to(trace, to):
    """For an account, an asset, a party, a country or a kind of exit: the most that a transaction can bring there."""
    record, flows = trace.record, trace.flows
    discharged = dict(zip(flows.at.tolist(), flows.discharged.tolist(), strict=True))
    accounts = {row["id"]: row for row in trace.graph.vertices.iter_rows(named=True)}
    assets = {row["id"]: row for row in trace.graph.ledger.assets.iter_rows(named=True)}

    def goes(at):
        kind, there = end(record, at)
        if to == "debt":
            return discharged.get(at) or None
        if kind == "asset":
            parts = there.split(" + ")
            mine = to == "asset" or to in (there, *parts)
            mine |= any(to in (assets[part]["holder"], assets[part]["country"]) for part in parts)
            return 1 << 62 if mine else None
        known = accounts[there]
        mine = to in (there, known.get("holder"), known.get("country")) or (to == kind and kind != "account")
        return 1 << 62 if mine else None

    return goes
