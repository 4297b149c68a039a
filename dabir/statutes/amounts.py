"""Amounts of money as whole minor units of a currency, read and told without a float. Pure."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from dabir.core.errors import InvalidInput
from dabir.core.money import exponent
from dabir.core.words import number_said


def minor_units(amount: int | str, currency: str) -> int:
    """A written amount ("2000", "12.50") in minor units; raises InvalidInput for a finer one."""
    try:
        scaled = Decimal(str(amount)).scaleb(exponent(currency))
    except InvalidOperation as fault:
        raise InvalidInput(f"{amount!r}") from fault
    if scaled != scaled.to_integral_value():
        raise InvalidInput(f"{amount} {currency}")
    return int(scaled)


def written(minor: int, currency: str) -> str:
    """The amount in Latin digits, thousands apart; no decimals where there are none."""
    places = exponent(currency)
    whole, rest = divmod(abs(minor), 10**places)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole:,}" + (f".{rest:0{places}d}" if rest else "")


def amount_said(minor: int, currency: str) -> str:
    """The amount in the reader's digits with its currency, for a sentence."""
    return f"{number_said(written(minor, currency))} {currency}"
