"""Who holds accounts in the world, where they live, and whom they deal with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .banks import BANKS_OF
from .hashing import Floats, Ints, even, mixed

_SHARES: Final = {"firms": 0.06, "shops": 0.03, "landlords": 0.006, "collectors": 0.001}
_PEOPLE_A_CITY: Final = 4_000
_COUNTRY_OF_CITY: Final = np.array([0] * 8 + [1] + [0] * 4 + [2] + [0] * 6, np.int8)
_SECOND_ACCOUNT: Final = 0.08
_LOCAL_EMPLOYER: Final = 0.9
_LOCAL_CONTACT: Final = 0.75


@dataclass(frozen=True, slots=True)
class Population:
    """Accounts numbered 0, 1, …: people, firms, shops, landlords, collectors (utilities, platforms), then the spare.

    The spare are people's accounts without everyday traffic, for what needs a new or a long silent one.
    `country` and `bank` hold one small number an account; everything else is worked out from the number.
    """

    seed: int
    people: int
    firms: int
    shops: int
    landlords: int
    collectors: int
    spare: int
    cities: int
    country: NDArray[np.int8]
    bank: NDArray[np.int8]

    @property
    def size(self) -> int:
        """Count the accounts."""
        return len(self.bank)

    @property
    def first_firm(self) -> int:
        """Give the number of the first firm."""
        return self.people

    @property
    def first_shop(self) -> int:
        """Give the number of the first shop."""
        return self.people + self.firms

    @property
    def first_landlord(self) -> int:
        """Give the number of the first landlord."""
        return self.first_shop + self.shops

    @property
    def first_collector(self) -> int:
        """Give the number of the first collector."""
        return self.first_landlord + self.landlords

    @property
    def first_spare(self) -> int:
        """Give the number of the first account without everyday traffic."""
        return self.first_collector + self.collectors

    def is_person(self, account: Ints) -> NDArray[np.bool_]:
        """Tell people from firms."""
        return (account < self.people) | (account >= self.first_spare)

    def is_second(self, account: Ints) -> NDArray[np.bool_]:
        """Tell which accounts of people may be the second one of the person next door."""
        return (even(account, self.seed + 101) < _SECOND_ACCOUNT) & (account > 0) & (account < self.people)

    def city(self, person: Ints) -> Ints:
        """Tell where people live."""
        return person * self.cities // self.people

    def home(self, account: Ints) -> Ints:
        """Tell in which city an account's holder is: people and shops where they live, the others anywhere."""
        shop = (account >= self.first_shop) & (account < self.first_landlord)
        local = np.where(shop, (account - self.first_shop) * self.cities // self.shops, account % self.cities)
        return np.where(account < self.people, self.city(np.minimum(account, self.people - 1)), local)

    def someone(self, draws: Floats) -> Ints:
        """Turn draws into people: a few act very often, most seldom."""
        rank = (self.people * draws**2.2).astype(np.int64)
        return rank * self._stride() % self.people

    def employer(self, person: Ints) -> Ints:
        """Tell who pays people's wages: mostly a firm of their city, some the few very large ones."""
        local = self._near(person, even(person, self.seed + 11), self.firms)
        large = (self.firms * even(person, self.seed + 12) ** 4).astype(np.int64)
        here = even(person, self.seed + 13) < _LOCAL_EMPLOYER
        return self.first_firm + np.where(here, local, large)

    def landlord(self, person: Ints) -> Ints:
        """Tell whom people pay their rent."""
        return self.first_landlord + self._near(person, even(person, self.seed + 21), self.landlords)

    def shop(self, person: Ints, draws: Floats) -> Ints:
        """Tell in which shop of their city people buy."""
        return self.first_shop + self._near(person, draws, self.shops)

    def collector(self, person: Ints, which: Ints) -> Ints:
        """Tell whom people pay their bills, by which bill it is; collectors work in one country."""
        third = self.collectors // 3
        draw = even(person * 8 + which, self.seed + 31)
        return self.first_collector + 3 * (third * draw**2).astype(np.int64) + self.country[person]

    def contact(self, person: Ints, which: Ints) -> Ints:
        """Tell whom people send money: the same few again, mostly neighbours."""
        key = person * 64 + which
        away = np.exp(3.5 + 1.2 * (even(key, self.seed + 41) * 4 - 2)).astype(np.int64) + 1
        sign = np.where(mixed(key, self.seed + 42) & np.uint64(1), 1, -1)
        far = (mixed(key, self.seed + 43) % np.uint64(self.people)).astype(np.int64)
        near = (person + sign * away) % self.people
        found = np.where(even(key, self.seed + 44) < _LOCAL_CONTACT, near, far)
        return np.where(found == person, (person + 1) % self.people, found)

    def supplier(self, firm: Ints, which: Ints) -> Ints:
        """Tell which firms a firm buys from; a few suppliers sell to very many."""
        rank = (self.firms * even(firm * 64 + which, self.seed + 51) ** 3).astype(np.int64)
        found = self.first_firm + rank
        return np.where(found == firm, self.first_firm + (rank + 1) % self.firms, found)

    def _near(self, person: Ints, draws: Floats, many: int) -> Ints:
        place = (self.city(person) + draws**2) / self.cities
        return np.minimum((place * many).astype(np.int64), many - 1)

    def _stride(self) -> int:
        stride = int(self.people * 0.6180339887) | 1
        while math.gcd(stride, self.people) != 1:
            stride += 2
        return stride


def populate(accounts: int, seed: int, spare: int) -> Population:
    """Make a population of this many accounts (at least 200), so many of them spare."""
    if accounts < 200:
        raise ValueError(f"A world needs at least 200 accounts, got {accounts}. Ask for more with --accounts.")
    many = {name: max(6, int(accounts * share)) // 3 * 3 for name, share in _SHARES.items()}
    people = accounts - sum(many.values()) - spare
    if people < accounts // 2:
        raise ValueError(f"{accounts} accounts are too few for these schemes. Ask for more with --accounts.")
    cities = max(4, people // _PEOPLE_A_CITY)
    blocks = [_COUNTRY_OF_CITY[np.arange(people) * cities // people % len(_COUNTRY_OF_CITY)]]
    blocks += [
        _COUNTRY_OF_CITY[np.arange(many[name]) * cities // many[name] % len(_COUNTRY_OF_CITY)]
        for name in ("firms", "shops", "landlords")
    ]
    blocks.append((np.arange(many["collectors"]) % 3).astype(np.int8))
    blocks.append(np.zeros(spare, np.int8))
    country = np.concatenate(blocks)
    choice = even(np.arange(accounts, dtype=np.int64), seed + 1)
    bank = np.empty(accounts, np.int8)
    for k, banks in enumerate(BANKS_OF):
        here = country == k
        bank[here] = banks[(choice[here] ** 1.5 * len(banks)).astype(np.int64)]
    return Population(seed, people, **many, spare=spare, cities=cities, country=country, bank=bank)
