"""Money: whole minor units of a currency, never a fraction and never a float.

How many decimals a currency has (ISO 4217) is written beside each amount that is kept: an amount must
not change its size when that table does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput
from dabir.core.words import reader_language
from dabir.text.digits import localize_digits, to_latin

# Digits after the point, where ISO 4217 says other than two.
_NO_DECIMALS: tuple[str, ...] = (
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
)
_NO_DECIMALS += ("VUV", "XAF", "XOF", "XPF")
_THREE_DECIMALS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
EXPONENTS = dict.fromkeys(_NO_DECIMALS, 0) | dict.fromkeys(_THREE_DECIMALS, 3)
_CURRENCY = re.compile("[A-Z]{3}")
_AMOUNT = re.compile(r"(-?)(\d{1,15}|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?")


def exponent(currency: str) -> int:
    """How many digits the minor unit of a currency has."""
    return EXPONENTS.get(currency, 2)


@dataclass(frozen=True)
class Money:
    """An amount in whole minor units of one currency."""

    minor: int
    currency: str
    decimals: int

    def plain(self) -> str:
        """The amount with a point and Latin digits, such as `1250.00`."""
        sign, units = ("-", -self.minor) if self.minor < 0 else ("", self.minor)
        if not self.decimals:
            return f"{sign}{units}"
        whole, rest = divmod(units, 10**self.decimals)
        return f"{sign}{whole}.{rest:0{self.decimals}d}"

    def __str__(self) -> str:
        whole, _point, rest = self.plain().partition(".")
        sign = "-" if whole.startswith("-") else ""
        text = f"{sign}{int(whole.lstrip('-')):,}"
        text += f".{rest}" if rest.strip("0") else ""
        language = reader_language()
        if language == "fa":
            text = localize_digits(text, "fa").replace(",", "٬").replace(".", "٫")
        return f"{text}\u00a0{self.currency}"


def checked_currency(code: str) -> str:
    """The three letters of a currency; raises InvalidInput for anything else."""
    found = code.strip().upper()
    if not _CURRENCY.fullmatch(found):
        raise InvalidInput(
            _("“%(code)s” is not a currency.") % {"code": code},
            cure=_("A currency is given by its three letters, such as EUR or IRR."),
            fields={"currency": [_("Three letters, such as EUR or IRR.")]},
        )
    return found


def read_money(text: str, currency: str) -> Money:
    """An amount as somebody typed it, in any digits; raises InvalidInput for what is no amount."""
    code = checked_currency(currency)
    decimals = exponent(code)
    plain = (
        to_latin(text).replace("٬", ",").replace("٫", ".").replace(" ", "").replace("\u00a0", "")
    )
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise InvalidInput(
            _("“%(text)s” is not an amount.") % {"text": text},
            cure=_("Write figures only, with a point before the decimals: 1,250.00."),
            fields={"amount": [_("Write figures only, such as 1,250.00.")]},
        )
    rest = found[3] or ""
    if len(rest.rstrip("0")) > decimals:
        raise InvalidInput(
            _("%(currency)s is not counted so finely: “%(text)s”.")
            % {"currency": code, "text": text},
            fields={"amount": [_("Too many decimals for this currency.")]},
        )
    minor = int(found[2].replace(",", "")) * 10**decimals
    minor += int(rest[:decimals].ljust(decimals, "0") or "0")
    return Money(-minor if found[1] else minor, code, decimals)
