"""What lists of members and of dues are held against, each read in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.conf import settings
from django.utils import translation

from dabir.core.words import as_words
from dabir.membership.importing.dues import Accounts
from dabir.membership.importing.members import Holder, Members, plain_name
from dabir.membership.models import DuesEntry, Member
from dabir.membership.queries.statute import USUAL, category_labels
from dabir.registry.models import City, Country, Organisation
from dabir.statutes.queries import rules_on
from dabir.text.folding import fold

# Words for the usual categories that old lists write, beside their names.
_OTHER_WORDS = {
    "full": ("full", "کامل", "اصلی", "پیوسته", "عضو پیوسته", "regular", "active member"),
    "associate": ("associate", "وابسته"),
    "honorary": ("honorary", "honourary", "افتخاری"),
    "partner": ("partner", "همکار", "شریک"),
    "observer": ("observer", "ناظر"),
}


def category_words(on: date) -> dict[str, str]:
    """Every word by which a list may name a category of the rules, folded, to its key."""
    rules = rules_on(on)
    known = category_labels(rules)
    words: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for key, label in {**USUAL, **category_labels(rules)}.items():
                if key in known:
                    words[fold(str(label))] = key
    for key in known:
        words[fold(key)] = key
        words |= {fold(word): key for word in _OTHER_WORDS.get(key, ())}
    return words


def read_members(on: date) -> Members:
    """Cities, bodies and their memberships, countries, categories and numbers: five statements."""
    standing = {
        (row.city_id, row.organisation_id): {
            "category": row.category,
            "state": row.state,
            "number": row.number,
            "joined_on": row.joined_on.isoformat() if row.joined_on else None,
        }
        for row in Member.objects.filter(person=None)
    }
    holders = [
        Holder(key, "city", as_words(names), country or "", standing.get((pk, None)))
        for pk, key, names, country in City.objects.order_by("pk").values_list(
            "pk", "public_id", "names", "country__code"
        )
    ]
    holders += [
        Holder(key, "body", as_words(names), "", standing.get((None, pk)))
        for pk, key, names in Organisation.objects.order_by("pk").values_list(
            "pk", "public_id", "names"
        )
    ]
    countries: dict[str, str] = {}
    for code, names in Country.objects.values_list("code", "names"):
        for name in (code, *as_words(names).values()):
            countries[fold(name)] = code
    numbered = Member.objects.exclude(number=None).values_list("number", "public_id")
    numbers = {number: key for number, key in numbered if number is not None}
    return Members(on, holders, countries, category_words(on), numbers)


def read_accounts(on: date) -> Accounts:
    """Members by key and name, and the entries of dues that stand: two statements."""
    members: dict[str, list[str]] = defaultdict(list)
    rows = Member.objects.order_by("pk").values_list(
        "public_id", "city__names", "organisation__names", "person__names"
    )
    for key, city, body, person in rows:
        names = as_words(city or body or person).values()
        for name in {key, *(fold(plain_name(each)) for each in names)}:
            members[name].append(key)
    entries = DuesEntry.objects.values_list(
        "member__public_id", "year", "kind", "minor", "currency", "on"
    )
    return Accounts(on, dict(members), set(entries))
