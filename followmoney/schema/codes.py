"""The code lists used in more than one table: channels, statuses, kinds, and the currencies with their decimals."""

from __future__ import annotations

from followmoney.errors import SettingsError

CHANNELS = ("wire", "cash", "card", "cheque", "crypto", "internal", "securities")
STATUSES = ("booked", "pending", "returned", "reversed")
SIDES = ("originator", "beneficiary")
SCHEMES = ("IBAN", "BBAN", "wallet", "card", "internal", "cash", "unknown")
PARTY_KINDS = ("person", "company", "trust", "public body", "unknown")
ROLE_KINDS = ("director", "nominee", "signatory", "secretary", "agent", "manager", "other")
INTEREST_KINDS = (
    "shareholding", "votingRights", "appointmentOfBoard", "otherInfluenceOrControl", "settlor", "trustee", "protector",
    "beneficiaryOfLegalArrangement", "rightsToSurplusAssetsOnDissolution", "rightsToProfitOrIncome",
    "rightsGrantedByContract", "conditionalRightsGrantedByContract", "controlViaCompanyRulesOrArticles",
    "controlByLegalFramework", "enjoymentAndUseOfAssets", "rightToProfitOrIncomeFromAssets", "nominator",
    "unknownInterest", "unpublishedInterest",
)  # fmt: skip
"""The interest types of BODS 0.4, but for those that are roles."""
BALANCE_KINDS = ("opening", "closing", "stated")
STOOD = ("asset", "debt", "cash_on_hand")
"""Kinds of finances that stand on a day; the others run over days."""
FINANCE_KINDS = (*STOOD, "income", "receipt", "living_cost", "cash_spent", "outlay")
ASSET_KINDS = (
    "real_estate", "vehicle", "vessel", "aircraft", "security", "crypto", "cash", "valuable", "business", "receivable",
)  # fmt: skip

# ISO 4217 exponents that are not 2, and the crypto units case files carry (ether is kept in gwei to fit 64 bits).
_EXPONENTS = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND"], 0),
    **dict.fromkeys(["VUV", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
    "BTC": 8, "LTC": 8, "BCH": 8, "ETH": 9, "USDT": 6, "USDC": 6,
}  # fmt: skip


def exponent(currency: str) -> int:
    """How many decimals the currency's minor unit has (ISO 4217; 2 unless listed)."""
    return _EXPONENTS.get(currency, 2)


def exponents() -> dict[str, int]:
    """Every currency whose minor unit is not a hundredth, with its number of decimals."""
    return dict(_EXPONENTS)


def money(amount: int, currency: str) -> str:
    """An amount in minor units as people write it: `money(1234550, "EUR")` is `"EUR 12,345.50"`."""
    decimals = exponent(currency)
    whole, part = divmod(abs(amount), 10**decimals)
    return f"{currency} {'-' if amount < 0 else ''}{whole:,}{f'.{part:0{decimals}}' if decimals else ''}"


def minor(amount: str, currency: str) -> int:
    """A decimal amount as written ("12,345.5" or "12345.50") in minor units, exactly; too many decimals is an error."""
    from decimal import Decimal, InvalidOperation

    try:
        value = Decimal(amount.replace(",", "").replace("_", "")).scaleb(exponent(currency))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise SettingsError(f"{amount!r} is not an amount; write it like 12345.50.")
    if value != value.to_integral_value():
        raise SettingsError(f"{amount!r} has more decimals than {currency} has ({exponent(currency)}).")
    return int(value)
