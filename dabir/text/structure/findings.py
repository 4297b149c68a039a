"""What the words of a clause suggest: kinds, organs, addressees, cities, references."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dabir.text.structure import lexicon as words
from dabir.text.structure.labels import ORDINALS
from dabir.text.structure.located import Located, level
from dabir.text.structure.nodes import Found, Node
from dabir.text.structure.people import people_in
from dabir.text.structure.places import city_pattern, is_everyday_word
from dabir.text.structure.times import dates_in

_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_ARTICLE = re.compile(
    rf"(?<!\w)(?:ماده|بند|اصل|article|clause|paragraph|section|ا?لماده|البند)[ \u200c]\(?"
    rf"([0-9]{{1,3}}|{_ORDINAL})\)?(?!\w)"
)
_DOCUMENT = re.compile(
    r"(?<!\w)(?:بیانیه(?:[ \u200c]?های)?|اعلامیه|declarations?|اعلان|اساسنامه|statutes?"
    r"|constitution|ا?لنظام الاساسی)(?!\w)"
)
_DETERMINERS = re.compile(r"(?:[ ]|(?<!\w)(?:the|all|its|our|جمیع|کل)(?!\w))+$")
_EARLIER = re.compile(r"[ \u200c]*(?:(?:اجلاس|نشست)(?:[ \u200c]?های)? )?(?:قبلی|پیشین|ا?لسابقه)")


class Finder:
    """Looks for what the words of a document suggest, with the register's names of cities."""

    def __init__(self, cities: Mapping[str, str]) -> None:
        self._cities = cities
        self._city = city_pattern(cities)

    def fill(self, node: Node, *, parent: Node | None, operative: bool) -> None:
        """Find everything in one node; what its parent is for goes down to its items."""
        node.dates = dates_in(node.body)
        node.people = people_in(node.body)
        node.cities = self.cities_in(node.body)
        node.kinds = kinds_of(node, parent=parent, operative=operative)
        node.organs = organs_in(node.body, operative=operative)
        node.addressees = [o for o in node.organs if o.details.get("role") == "addressee"]
        node.references = self.references_in(node.body)
        for child in node.children:
            self.fill(child, parent=node, operative=operative)

    def cities_in(self, body: Located) -> list[Found]:
        """Each city a paragraph names, once for each place where it stands."""
        levelled = level(body.text)
        found: list[Found] = []
        for match in self._city.finditer(levelled):
            start, end = match.span()
            if is_everyday_word(levelled, start, end):
                continue
            name = self._cities.get(match[0]) or self._cities[_respaced(match[0], self._cities)]
            if body.text[start].isascii() and not body.text[start].isupper():
                continue
            found.append(Found(name, body.text[start:end], body.span(start, end), inferred=True))
        return found

    def references_in(self, body: Located) -> list[Found]:
        """Articles and other documents that a paragraph refers to."""
        levelled = level(body.text)
        found = [self._reference(body, levelled, m) for m in _DOCUMENT.finditer(levelled)]
        for match in _ARTICLE.finditer(levelled):
            if any(
                f.span and f.span.start <= body.places[match.start()] < f.span.end for f in found
            ):
                continue
            number = str(ORDINALS.get(match[1], match[1]))
            found.append(
                Found(
                    number,
                    body.text[slice(*match.span())],
                    body.span(*match.span()),
                    inferred=True,
                    details={"document": None, "article": number},
                )
            )
        return sorted(found, key=lambda each: each.span.start if each.span else 0)

    def _reference(self, body: Located, levelled: str, match: re.Match[str]) -> Found:
        start, end = match.span()
        article = None
        before = levelled[max(0, start - 40) : start]
        for found in _ARTICLE.finditer(before):
            if re.fullmatch(r"[ \u200c]*(?:of (?:the )?(?:\w+ )?|من )?", before[found.end() :]):
                article = str(ORDINALS.get(found[1], found[1]))
                start = start - len(before) + found.start()
        city, city_end = self._city_of_document(levelled, match)
        end = max(end, city_end)
        value = "/".join(part for part in (city, article) if part) or None
        if value is None and (earlier := _EARLIER.match(levelled, match.end())):
            value, end = "earlier", earlier.end()
        return Found(
            value,
            body.text[start:end],
            body.span(start, end),
            inferred=True,
            details={"document": city, "article": article},
        )

    def _city_of_document(self, levelled: str, match: re.Match[str]) -> tuple[str | None, int]:
        after = levelled[match.end() : match.end() + 60]
        stop = re.search(r"[.؛;:،,]|(?<!\w)(?:و|and)(?!\w)", after)
        if city := self._city.search(after[: stop.start()] if stop else after):
            return self._name(city[0]), match.end() + city.end()
        before = levelled[max(0, match.start() - 20) : match.start()].rstrip()
        for city in self._city.finditer(before):
            if city.end() == len(before):
                return self._name(city[0]), match.end()
        return None, match.end()

    def _name(self, spelling: str) -> str:
        return self._cities.get(spelling) or self._cities[_respaced(spelling, self._cities)]


def _respaced(spelling: str, cities: Mapping[str, str]) -> str:
    bare = re.sub(r"[ \u200c]", "", spelling)
    return next(known for known in cities if re.sub(r"[ \u200c]", "", known) == bare)


def kinds_of(node: Node, *, parent: Node | None, operative: bool) -> list[Found]:
    """What a clause does, as its words suggest; a recital is one by its place."""
    levelled = level(node.text)
    kinds: dict[str, Found] = {}
    if not operative:
        kinds["recital"] = Found("recital", "", None, inferred=False)
    for rule in words.KIND_RULES:
        if rule.kind in kinds or (rule.operative and not operative):
            continue
        if match := rule.words.search(levelled):
            kinds[rule.kind] = _kind(node, rule.kind, *match.span())
    if node.label is not None and parent is not None:
        for below in _kinds_from(parent):
            kinds.setdefault(below.value or "", below)
        if "priority" in kinds and (match := words.MAKING.match(levelled)):
            kinds["task"] = _kind(node, "task", *match.span())
    for special, covered in words.KIND_COVERS.items():
        if special in kinds:
            kinds = {k: v for k, v in kinds.items() if k not in covered}
    return list(kinds.values())


def _kinds_from(parent: Node) -> list[Found]:
    """What an item is because of the clause that lists it."""
    return [
        Found(words.INHERITED_KINDS[above.value], above.words, above.span, inferred=True)
        for above in parent.kinds
        if above.value in words.INHERITED_KINDS
    ]


def _kind(node: Node, kind: str, start: int, end: int) -> Found:
    return Found(kind, node.text[start:end], node.body.span(start, end), inferred=True)


def organs_in(body: Located, *, operative: bool) -> list[Found]:
    """Organs, members and municipalities a paragraph names, each with the part it plays."""
    levelled = level(body.text)
    taken = bytearray(len(levelled))
    found: list[Found] = []
    for organ, form in words.ORGANS:
        for match in form.finditer(levelled):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(_organ(body, levelled, organ, start, end, operative=operative))
    found.sort(key=lambda each: each.span.start if each.span else 0)
    return [*found, *_implied(body, levelled, found)] if operative else found


def _organ(
    body: Located, levelled: str, organ: str, start: int, end: int, *, operative: bool
) -> Found:
    role = _role(levelled, start, end) if operative else "mentioned"
    return Found(
        organ,
        body.text[start:end],
        body.span(start, end),
        inferred=True,
        details={"role": role, "misprint": bool(words.MISPRINTED.match(levelled, start))},
    )


def _role(levelled: str, start: int, end: int) -> str:
    """The part an organ plays, by the words around it."""
    before, after = levelled[max(0, start - 30) : start], levelled[end : end + 60]
    near = before[-14:]
    wide = levelled[max(0, start - 60) : start]
    opening = levelled[:start].strip() in ("از", "از همه", "من")
    if _ends(words.THROUGH, near):
        return "channel"
    if _ends(words.FROM_SIDE, near) and words.ON_PROPOSAL.search(wide):
        return "proposer"
    if _ends(words.BY, near):
        return "responsible"
    if words.BACKED.search(after[:25]):
        return "backer"
    if opening and words.REQUESTED.search(levelled):
        return "addressee"
    if words.REQUESTED.search(after[:22]) or _ends(words.REQUESTING, _DETERMINERS.sub("", before)):
        return "addressee"
    if words.GIVEN.search(after) and _ends(re.compile(r"(?<!\w)به"), near):
        return "addressee"
    if words.REPORTED.search(wide) and re.search(r"(?<!\w)(?:به|to|و|and|الی)(?: the)?[ ]*$", near):
        return "report_to"
    return "mentioned"


def _ends(form: re.Pattern[str], text: str) -> bool:
    return any(match.end() >= len(text.rstrip(" \u200c")) for match in form.finditer(text))


def _implied(body: Located, levelled: str, found: list[Found]) -> list[Found]:
    """Whom the verb binds though no words name them: the assembly that approves, the members."""
    implied = []
    for organ, role, form in (
        ("general_assembly", "approver", words.APPROVING),
        ("member_cities", "responsible", words.WE_BIND_OURSELVES),
    ):
        if match := form.search(levelled):
            span = body.span(*match.span())
            text = body.text[slice(*match.span())]
            implied.append(Found(organ, text, span, inferred=True, details={"role": role}))
    asked = [each for each in found if each.details.get("role") == "addressee"]
    return implied + [
        Found(each.value, each.words, each.span, inferred=True, details={"role": "responsible"})
        for each in asked
    ]
