"""The counts of the profile `gfp`, said plainly: for every transaction all of its window, all over again."""

from collections import Counter


def twin(rows, window, narrow, longest):
    """Per name and transaction: how many shapes of which size. `rows`: (originator, beneficiary, time), in order."""
    names = ("fan_in", "fan_out", "degree_in", "degree_out", "scatter_gather", "temporal_cycle", "cycle")
    found = {name: [Counter() for _ in rows] for name in names}
    seen = {}
    for payer, payee, _ in rows:
        seen.setdefault(payer, len(seen))
        seen.setdefault(payee, len(seen))
    for i, (u, v, t) in enumerate(rows):
        if u == v:
            continue
        before = rows[: i + 1]
        late = [(a, b) for a, b, at in before if at > t - window and a != b]
        found["fan_out"][i][len({b for a, b in late if a == u})] += 1
        found["fan_in"][i][len({a for a, b in late if b == v})] += 1
        found["degree_out"][i][sum(a == u for a, b in late)] += 1
        found["degree_in"][i][sum(b == v for a, b in late)] += 1
        for through in scatter_gather({(a, b) for a, b, at in before if at >= t - narrow}, u, v):
            found["scatter_gather"][i][through] += 1
        whole = [row for row in before if row[2] >= t - window]
        found["temporal_cycle"][i].update(map(len, set(temporal(whole, u, v, t))))
        allowed = {(a, b) for a, b, at in whole if at < t or seen[b] < seen[v]}
        found["cycle"][i].update(size for size in closed(allowed, u, (u, v), longest))
    return found


def scatter_gather(pairs, u, v):
    """Through how many accounts, for every other account that is paid through v, and that pays through u."""
    for w in {b for a, b in pairs if a == v} - {u, v}:
        through = {x for a, x in pairs if a == u and x != u and (x, w) in pairs}
        if len(through) > 1:
            yield len(through)
    for w in {a for a, b in pairs if b == u} - {u, v}:
        through = {x for x, b in pairs if b == v and x != v and (w, x) in pairs}
        if len(through) > 1:
            yield len(through)


def temporal(rows, u, v, t):
    """The accounts of every way from v back to u, each payment later than the one before and all before t."""
    ways = [((u, v), None)]
    while ways:
        way, since = ways.pop()
        for a, b, at in rows:
            if a == way[-1] and at < t and (since is None or at > since):
                if b == u:
                    yield way
                elif b not in way:
                    ways.append(((*way, b), at))


def closed(pairs, u, way, longest):
    """The sizes of all cycles that go on like this."""
    for a, b in pairs:
        if a == way[-1] and b == u:
            yield len(way)
        elif a == way[-1] and b not in way and len(way) < longest:
            yield from closed(pairs, u, (*way, b), longest)
