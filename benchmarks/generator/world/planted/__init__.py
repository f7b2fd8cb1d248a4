"""What is planted: one function a kind, each writes one scheme or one innocent look-alike into its plot."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, zip_longest
from typing import Final

from benchmarks.generator.world.planting import Plot

from .cash import (
    cash_out_cluster,
    cuckoo_smurfing,
    funnel_account,
    micro_structuring,
    spread_structuring,
    structuring,
)
from .chains import cycle, layering, pass_through, peel_chain
from .fans import bipartite, fan_in, fan_out, gather_scatter, scatter_gather, stack
from .fronts import cash_intensive, crypto_off_ramp, high_risk_corridor, port_fan_in
from .innocent_flows import (
    innocent_back_and_forth,
    innocent_club_fees,
    innocent_forwarding,
    innocent_landlord,
    innocent_market,
    innocent_payroll,
    innocent_refunds,
    innocent_supply_chain,
    innocent_wholesale,
)
from .innocent_fronts import (
    innocent_car_sold,
    innocent_crypto_saver,
    innocent_crypto_trader,
    innocent_delisted,
    innocent_family_abroad,
    innocent_importer,
    innocent_kiosk,
    innocent_overtime,
    innocent_stall,
)
from .innocent_lives import (
    innocent_association,
    innocent_house_sold,
    innocent_new_shop,
    innocent_student,
    innocent_takings,
    innocent_tour_group,
    innocent_vending,
    innocent_wedding,
)
from .innocent_owned import (
    innocent_group_finance,
    innocent_heir,
    innocent_investor,
    innocent_mortgage,
    innocent_shareholder_loan,
    innocent_supplier_credit,
)
from .innocent_trade import (
    innocent_brand,
    innocent_dropship,
    innocent_factoring,
    innocent_services,
    innocent_trade,
    innocent_treasury,
)
from .lent import dormant_burst, hawala_offset, mule, mule_network
from .owned import loan_back, real_estate_integration, round_trip
from .registered import (
    circular_ownership,
    ghost_payroll,
    innocent_cross_holding,
    innocent_group,
    mass_address,
    nominee,
    shelf,
    shell,
)
from .trade import phantom_shipment, third_party_payer, trade_price

Kind = Callable[[Plot], None]

_SCHEMES: Final[tuple[Kind, ...]] = (
    structuring, pass_through, fan_in, fan_out, cycle, scatter_gather, gather_scatter, layering, bipartite, stack,
    peel_chain, mule, mule_network, micro_structuring, funnel_account, cuckoo_smurfing, cash_out_cluster, dormant_burst,
    hawala_offset, spread_structuring, ghost_payroll, circular_ownership, mass_address, nominee, shell, shelf,
    cash_intensive, crypto_off_ramp, high_risk_corridor, port_fan_in, loan_back, round_trip, real_estate_integration,
    third_party_payer, trade_price, phantom_shipment,
)  # fmt: skip
_INNOCENT: Final[tuple[Kind, ...]] = (
    innocent_takings, innocent_forwarding, innocent_club_fees, innocent_payroll, innocent_back_and_forth,
    innocent_landlord, innocent_market, innocent_supply_chain, innocent_wholesale, innocent_refunds, innocent_new_shop,
    innocent_vending, innocent_student, innocent_wedding, innocent_tour_group, innocent_house_sold,
    innocent_association, innocent_group, innocent_cross_holding, innocent_kiosk, innocent_stall, innocent_crypto_saver,
    innocent_crypto_trader, innocent_importer, innocent_family_abroad, innocent_delisted, innocent_overtime,
    innocent_car_sold, innocent_shareholder_loan, innocent_supplier_credit, innocent_investor, innocent_group_finance,
    innocent_mortgage, innocent_heir, innocent_trade, innocent_brand, innocent_factoring, innocent_treasury,
    innocent_dropship, innocent_services,
)  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = tuple(k for k in chain.from_iterable(zip_longest(_SCHEMES, _INNOCENT)) if k)
"""Every kind, schemes and look-alikes by turns."""
