"""Who owns, runs and signs for what in the harbour matter."""

from __future__ import annotations

from typing import Final

INTERESTS: Final = """
owner      | owned     | kind                    | min  | max  | direct | start      | end
zilver     | kestrel   | shareholding            | 0.51 | 0.51 | yes    | 2011-04-18 |
brakel     | kestrel   | shareholding            | 0.49 | 0.49 | yes    | 2011-04-18 |
halvermaat | zilver    | shareholding            | 1.0  | 1.0  | yes    | 2010-12-01 |
halvermaat | zephyrine | shareholding            | 0.55 | 0.55 | yes    | 2022-03-30 |
lantern    | zephyrine | shareholding            | 0.25 | 0.25 | yes    | 2022-09-01 |
petrellou  | zephyrine | shareholding            | 0.20 | 0.20 | yes    | 2022-03-30 |
zephyrine  | lantern   | shareholding            | 0.45 | 0.45 | yes    | 2022-06-14 |
halvermaat | lantern   | shareholding            | 0.35 | 0.35 | yes    | 2022-06-14 |
schravel   | lantern   | shareholding            | 0.20 | 0.20 | yes    | 2022-06-14 |
schravel   | hobekivi  | shareholding            | 1.0  | 1.0  | yes    | 2019-09-12 | 2023-11-30
lantern    | hobekivi  | shareholding            | 1.0  | 1.0  | yes    | 2023-12-01 |
petrellou  | gannet    | shareholding            | 0.75 | 1.0  | yes    | 2023-08-21 |
halvermaat | gannet    | otherInfluenceOrControl |      |      | no     | 2023-08-21 |
zephyrine  | velamar   | shareholding            | 0.60 | 0.60 | yes    | 2022-10-03 |
lantern    | velamar   | shareholding            | 0.40 | 0.40 | yes    | 2022-10-03 |
castelvell | velamar   | shareholding            | 1.0  | 1.0  | yes    | 2021-11-03 | 2022-10-02
schravel   | schravadm | shareholding            | 1.0  | 1.0  | yes    | 2002-02-04 |
zephyrine  | velamar   | votingRights            | 0.60 | 0.60 | yes    | 2022-10-03 |
aalbrecht  | vishandel | shareholding            | 1.0  | 1.0  | yes    | 1992-02-10 |
"""

ROLES: Final = """
party      | of        | kind      | start      | end
brakel     | kestrel   | director  | 2011-04-18 |
halvermaat | zilver    | director  | 2010-12-01 |
petrellou  | zephyrine | director  | 2022-03-30 |
petrellou  | zephyrine | nominee   | 2022-03-30 |
petrellou  | lantern   | director  | 2022-06-14 |
petrellou  | gannet    | director  | 2023-08-21 |
petrellou  | gannet    | nominee   | 2023-08-21 |
schravel   | hobekivi  | director  | 2019-09-12 |
schravel   | zephyrine | secretary | 2022-03-30 |
schravel   | kestrel   | agent     | 2014-01-06 |
castelvell | velamar   | director  | 2021-11-03 |
castelvell | velamar   | agent     | 2021-11-03 |
halvermaat | @velamar  | signatory | 2022-10-10 |
halvermaat | @gannet   | signatory | 2023-09-18 |
brakel     | @kestrel  | signatory | 2011-05-02 |
halvermaat | @kestrel  | signatory | 2018-02-12 |
schravel   | @hobekivi | signatory | 2023-12-05 |
petrellou  | @lantern  | signatory | 2022-08-01 |
quillart   | quinta    | director  | 1999-01-11 |
aalbrecht  | vishandel | director  | 1992-02-10 |
nettelaar  | club      | secretary | 2019-08-01 |
schravel   | gannet    | secretary | 2023-08-21 | 2024-05-31
"""

LATER_ADDRESSES: Final = """
party    | street              | start      | end
hobekivi | Sadama põik 2       | 2019-09-12 | 2023-11-30
zilver   | Kerkpad 18          | 2010-12-01 | 2018-01-31
waterhuis| Studentenhof 12-C   | 2021-09-01 | 2024-01-14
"""
