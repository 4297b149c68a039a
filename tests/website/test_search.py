"""One search over what is public: any spelling, why it matched, by kind, always up to date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.core import kept
from dabir.core.models import PublicEntry, PublicTerm
from dabir.core.publicsearch import Answer, Entry, Kind, ask, join, rebuild, stale
from dabir.core.publicsearch.engines import Asked, clear
from dabir.core.publicsearch.keeping import renew_by_day
from dabir.core.publicsearch.kinds import KINDS, themselves
from dabir.core.publicsearch.marking import excerpt, has_all, marked
from dabir.core.trail import record_act
from dabir.core.words import as_words
from dabir.decisions.services.progress import draft_report, freeze_report, sign_off_report
from dabir.decisions.services.publishing import publish_edition, take_edition_down
from dabir.decisions.services.register import correct_wording
from dabir.documents.models import Document
from dabir.documents.services import add_clause, add_document
from dabir.organs.services import change_organ
from dabir.registry.models import Person
from dabir.registry.services import change_person, end_mandate, erase_person
from dabir.website.views.search import PER_PAGE
from tests.decisions.reported import a_decision, a_register, two_organs
from tests.factories.people import AT, ON, SIGNED, a_mandate, a_person, a_post
from tests.organs.test_acts import ground
from tests.website.declared import a_declaration, a_followed_declaration

pytestmark = pytest.mark.django_db
PAGE = "/en/search/"


@pytest.fixture(autouse=True)
def today() -> Any:
    kept.forget_kept()
    with time_machine.travel(AT, tick=False):
        yield


def found(text: str, **more: Any) -> dict[str, list[str]]:
    """What is found, by kind: codes, else names."""
    answer = ask(text, shown=50, **more)
    return {g.kind: [e.get("code") or e["names"]["en"] for e in g.entries] for g in answer.groups}


def shown(text: str, **more: str) -> str:
    answer = Client().get(PAGE, {"q": text, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def a_text(texts: dict[str, str], name: str = "mashhad-2020", **changes: Any) -> Document:
    document = add_document(
        public_id=name, kind="declaration", titles={"en": f"Declaration of {name}"},
        **({"adopted_on": date(2020, 5, 1)} | changes), **SIGNED,
    )  # fmt: skip
    add_clause(document=document, node_id="1", labels={"en": "1."}, texts=texts, **SIGNED)
    return document


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ايران", "ایران و جهان"), ("مدينة", "هر مدینه"), ("مي شود", "کار می‌شود"),
        ("ISSIZ", "Issız İstanbul"), ("istanbul", "Issız İstanbul"), ("елка", "Новая ёлка"),
        ("काठमांडू", "हिन्दी में काठमांडू शहर"), ("ঢাকা", "ঢাকা সিটি"),
        ("กรุงเทพ", "กรุงเทพมหานคร"), ("ភ្នំពេញ", "រាជធានី ភ្នំពេញ"),
        ("انتپ", "شهر غازی‌آنتپ"), ("海", "中国海口市"), ("海口", "中国海口市"),
        ("臺灣", "台湾城市"), ("transp", "public transport"),
    ],
)  # fmt: skip
def test_a_clause_is_found_however_it_is_typed(typed: str, text: str) -> None:
    two_organs()
    a_text({"en": text})
    a_text({"en": "nothing of the kind"}, "other-2021")
    assert found(typed) == {"clause": ["mashhad-2020/1"]}
    assert "<mark>" in shown(typed)


def test_results_stand_by_kind_with_numbers_and_say_why() -> None:
    commitment = a_followed_declaration()
    president = a_post("president", name="President of trees")
    a_mandate(a_person("Golnar Seen"), president)
    page = shown("trees")
    assert found("trees") == {"clause": ["azmoon-2026/1"], "person": ["Golnar Seen"]}
    assert "in the text: We plant <mark>trees</mark>" in page
    assert "President of <mark>trees</mark>" in page
    assert 'href="/en/decisions/azmoon-2026/1/"' in page
    assert str(commitment.titles) not in page


def test_what_is_called_exactly_so_comes_first_then_names_then_texts_newest_first() -> None:
    _board, assembly = two_organs()
    for number, year in ((1, 2019), (2, 2021), (3, 2020)):
        document = a_text({"en": f"harbour {number}"}, f"port-{number}",
                          adopted_on=date(year, 5, 1))  # fmt: skip
        if number == 1:
            a_decision(assembly, public_id="port-1/9", document=document,
                       titles={"en": "The harbour"}, decided_on=date(2019, 5, 1))  # fmt: skip
    assert found("harbour")["clause"] == ["port-1/9", "port-2/1", "port-3/1", "port-1/1"]
    assert found("port 1/1")["clause"][0] == "port-1/1"


def test_every_page_of_a_kind_is_reached_and_nothing_comes_twice() -> None:
    two_organs()
    document = a_text({"en": "harbour zero"})
    for number in range(2, PER_PAGE + 4):
        texts = {"en": f"the harbour {number}"}
        add_clause(document=document, node_id=str(number), texts=texts, **SIGNED)
    first = found("harbour", kind="clause")["clause"]
    assert first[:3] == ["mashhad-2020/1", "mashhad-2020/2", "mashhad-2020/3"]
    pages_read = [
        ask("harbour", shown=PER_PAGE, kind="clause", offset=PER_PAGE * n).groups[0].entries
        for n in (0, 1)
    ]
    codes = [entry["code"] for entries in pages_read for entry in entries]
    assert codes == first
    assert "Show all 28" in shown("harbour")
    assert "/mashhad-2020/28/" in shown("harbour", kind="clause", page="2")
    assert Client().get(PAGE, {"q": "harbour", "kind": "clause", "page": 3}).status_code == 404


def test_what_is_called_exactly_so_pushes_nothing_out_and_comes_once() -> None:
    two_organs()
    document = a_text({"en": "zero"}, "port-1")
    for number in range(2, 8):
        add_clause(document=document, node_id=f"1.{number}", texts={"en": "more"}, **SIGNED)
    everything = found("port 1 1", kind="clause")["clause"]
    assert everything[0] == "port-1/1"
    assert sorted(everything) == ["port-1/1", *(f"port-1/1.{n}" for n in range(2, 8))]
    in_pages = [
        entry["code"] for start in range(0, 8, 3)
        for entry in ask("port 1 1", shown=3, kind="clause", offset=start).groups[-1].entries
    ]  # fmt: skip
    assert in_pages == everything


def test_a_slip_in_a_longer_word_is_forgiven_and_said() -> None:
    a_followed_declaration()
    page = shown("decalration")
    assert found("decalration") == found("declaration")
    assert "Instead of “<bdi>decalration</bdi>”" in page
    assert "<strong><bdi>declaration</bdi></strong>" in page
    assert "<mark>درخت</mark> <mark>می‌کاریم</mark>" in shown("درحت میکاریم")


def test_words_that_stand_nowhere_are_left_out_and_said() -> None:
    a_followed_declaration()
    answer = ask("plant xylophone trees", shown=5)
    assert answer.without == ("xylophone",)
    assert "without “<bdi>xylophone</bdi>”" in shown("plant xylophone trees")
    number = ask("trees 2099", shown=5)
    assert (number.without, number.total) == (("2099",), 1)
    assert "without “<bdi>2099</bdi>”" in shown("trees 2099")
    assert ask("2099", shown=5).groups == []
    assert ask("xylophone", shown=5) == Answer(asked=Asked((), ("xylophone",)))
    assert "Nothing found" in shown("xylophone")


def test_only_what_is_public_is_in_the_index() -> None:
    _board, assembly = two_organs()
    a_decision(assembly, titles={"en": "A confidential zeppelin"})
    a_text({"en": "zeppelin"}, "draft-2026", adopted_on=None)
    minutes = add_document(public_id="minutes-1", kind="minutes",
                           titles={"en": "Zeppelin minutes"}, adopted_on=ON, **SIGNED)  # fmt: skip
    add_clause(document=minutes, node_id="1", texts={"en": "zeppelin"}, **SIGNED)
    a_mandate(a_person("Zeppelin Clerk"), a_post("expert", name="Zeppelin desk"))
    assert found("zeppelin") == {}
    assert not [e for e in PublicEntry.objects.all() if "eppelin" in str(e.shown)]
    rebuild()
    assert found("zeppelin") == {}


def test_the_search_follows_every_act_in_its_transaction() -> None:
    _board, assembly = two_organs()
    document = a_declaration()
    decision = a_decision(assembly, public_id="azmoon-2026/1", document=document,
                          titles={"en": "On gardens"})  # fmt: skip
    with transaction.atomic():
        correct_wording(decision=decision, titles={"en": "A lighthouse"}, themes=[],
                        reason="named", **SIGNED)  # fmt: skip
        assert found("lighthouse") == {"clause": ["azmoon-2026/1"]}
        transaction.set_rollback(True)
    assert found("gardens") == {"clause": ["azmoon-2026/1"]}
    assert found("lighthouse") == {}
    assert list(stale()) == []


def test_who_leaves_an_office_or_is_renamed_is_found_as_that_says() -> None:
    a_followed_declaration()
    person = a_person("Parviz Nowhere")
    mandate = a_mandate(person, a_post("board_member", name="Member of the Board"))
    person.refresh_from_db()
    change_person(person=person, names={"en": "Parviz Somewhere"}, language="en", **SIGNED)
    assert found("nowhere") == {}
    assert found("somewhere") == {"person": ["Parviz Somewhere"]}
    mandate.refresh_from_db()
    end_mandate(mandate=mandate, ends_on=ON + timedelta(days=2), **SIGNED)
    with time_machine.travel(AT + timedelta(days=3), tick=False):
        assert "Somewhere" not in shown("parviz").partition("<main")[2]
        assert Client().get("/api/v1/search", {"q": "parviz"}).json()["items"] == []
        renew_by_day()
        assert found("parviz") == {}


def test_a_report_is_found_while_it_is_public() -> None:
    draft = draft_report(organ=a_register(1)[1], as_of=ON, **SIGNED)
    edition = freeze_report(report=sign_off_report(report=draft, **SIGNED), **SIGNED)
    word = edition.report.titles.data["en"].split()[0]
    assert "report" not in found(word)
    publish_edition(edition=edition, **SIGNED)
    assert len(found(word)["report"]) == 1
    organ = edition.report.organ
    organ.refresh_from_db()
    given = {"effective_on": ON, "ground": ground(ON)}
    change_organ(organ=organ, names={"en": "Harbour Council"}, **given, **SIGNED)
    assert list(stale()) == []
    assert list(stale()) == []
    take_edition_down(edition=edition, reason="wrong", **SIGNED)
    assert "report" not in found(word)


def test_an_index_that_was_tampered_with_is_noticed_and_made_anew() -> None:
    a_followed_declaration()
    before = found("trees")
    PublicEntry.objects.filter(owner="azmoon-2026/1").update(day=date(1999, 1, 1))
    assert list(stale()) == [("clause", "azmoon-2026/1")]
    clear()
    assert len(list(stale())) == PublicEntry.objects.count()
    told: list[int] = []
    assert rebuild(lambda _kind, number: told.append(number)) == told[-1]
    assert list(stale()) == []
    assert found("trees") == before


def test_another_app_joins_with_one_call() -> None:
    two_organs()
    things = {"n1": "A festival of kites"}
    kind = Kind("test_news", 31, "News", lambda owners: [
        Entry(key, {"en": words}, url=f"/en/{key}/") for key, words in things.items()
        if owners is None or key in owners
    ], {"association": lambda _ids: list(things)})  # fmt: skip
    join(kind)
    try:
        with pytest.raises(ValueError, match="taken"):
            join(Kind("another", 31, "Other", lambda _owners: [], {}))
        from dabir.registry.models import Association

        association = Association.objects.get()
        record_act("registry.test", target=association.reference(), **SIGNED)
        assert 'href="/en/n1/"' in shown("kites")
    finally:
        KINDS.pop("test_news")


@pytest.mark.parametrize("size", [1, 12])
def test_a_search_asks_the_same_few_statements_whatever_is_found(size: int) -> None:
    two_organs()
    for number in range(size):
        a_text({"en": "harbour"}, f"port-{number}")
    client = Client()
    client.get(PAGE, {"q": "nothing"})
    for typed, most in (("harbour", 7), ("habrour", 11), ("absent", 8)):
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE, {"q": typed})
        assert len(asked) <= most, [q["sql"][:90] for q in asked.captured_queries]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 200, "Search what is public"),
        ("q=a", 200, "at least two letters"),
        ("q=%25%25%25", 200, "at least two letters"),
        ("q=' OR 1=1; DROP TABLE core_publicentry --", 200, "Search: &#x27; OR"),
        ('q="trees" AND words:x* NEAR(a) ^b §c', 200, "Search"),
        ("q=%FF%FE%C3%28", 200, "at least two letters"),
        ("q=trees%00%E2%80%AE", 200, "<mark>trees</mark>"),
        ("q=" + "trees " * 200, 200, "Only the first words"),
        ("q=" + "+".join(f"w{n}" for n in range(60)), 200, "Only the first words"),
        ("q=" + "x" * 8000, 200, "Only the first words"),
        ("q=<script>alert(1)</script>", 200, "&lt;script&gt;"),
        ("q=trees&kind=none", 404, "There is no such page"),
        ("q=trees&kind=clause&page=x", 404, "There is no such page"),
        ("q=trees&kind=clause&page=0", 404, "There is no such page"),
        ("q=trees&kind=clause&page=99999999999999999999", 404, "There is no such page"),
        ("q=trees&kind=clause&page=٢", 404, "There is no such page"),
    ],
)  # fmt: skip
def test_strange_questions_get_the_right_status_and_a_helpful_page(
    query: str, status: int, words: str
) -> None:
    a_followed_declaration()
    answer = Client().get(f"{PAGE}?{query}")
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_marks_escape_what_is_not_ours_and_follow_folding() -> None:
    assert (
        marked("<b>Kāshān</b>", Asked(("kashan",)))[0] == "&lt;b&gt;<mark>Kāshān</mark>&lt;/b&gt;"
    )
    assert marked("در 201{4|5}", Asked(("x",)))[0] == "در 201[4/5]"
    assert marked("کار می شود", Asked(("میشود",)))[0] == "کار <mark>می شود</mark>"
    parts = Asked(("انتپ",), ("تبا",))
    assert (
        marked("از غازی‌آنتپ و هم‌تبار", parts)[0] == "از غازی‌<mark>آنتپ</mark> و هم‌<mark>تبار</mark>"
    )
    assert marked("काठमांडू शहर", Asked(("काठमांडू",)))[0] == "<mark>काठमांडू</mark> शहर"
    assert has_all("شهر غازی‌آنتپ", Asked(("انتپ",)))
    assert not has_all("شهر غازی", Asked(("انتپ",)))
    assert marked("中國海口市", Asked(("海口", "口市")))[0] == "中國<mark>海口市</mark>"
    assert excerpt("a " * 200 + "tree", Asked((), ("tr",)))[:1] == "…"  # type: ignore[index]  # found
    assert excerpt("nothing", Asked(("tree",))) is None


def test_a_forgotten_person_is_found_nowhere_nor_left_in_the_file() -> None:
    a_followed_declaration()
    join(Kind("test_guest", 31, "Guests", lambda _owners: [
        Entry(person.public_id, as_words(person.names), url="/en/")
        for person in Person.objects.all()
    ], {"person": themselves}))  # fmt: skip
    try:
        person = a_person("Parviz Xqzwv")
        assert found("xqzwv") == {"test_guest": ["Parviz Xqzwv"]}
        assert connection.vendor != "sqlite" or b"xqzwv" in left_in_index()
        erase_person(person=person, reason="asked", **SIGNED)
        assert found("xqzwv") == {}
    finally:
        KINDS.pop("test_guest")
    assert not PublicTerm.objects.filter(term__in=["parviz", "xqzwv"])
    assert PublicTerm.objects.filter(term="trees")
    assert b"xqzwv" not in left_in_index()


def left_in_index() -> bytes:
    """All that SQLite holds of the index; of what was deleted too, until its parts are merged."""
    if connection.vendor != "sqlite":
        return b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM core_publicwords_data")
        return b"".join(block for (block,) in cursor.fetchall())
