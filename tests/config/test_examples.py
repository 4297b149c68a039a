"""Both examples go in through the services, in one go, and say no more than their sources say."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.urls import reverse

from dabir.config.examples import _set_up_desks
from dabir.config.examples import load_example as make_ready
from dabir.config.home import home_folder
from dabir.config.loading import CLERK, load_example
from dabir.config.loading.reading import EXAMPLES
from dabir.config.loading.received import SECOND
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.models import AuditEntry
from dabir.core.trail import trail_faults, trail_head
from dabir.core.words import as_words
from dabir.decisions.models import (
    ActivityReport,
    Commitment,
    Decision,
    NoActionNeeded,
    Programme,
    Relation,
    ReportVerdict,
    StatusEntry,
)
from dabir.decisions.queries.cut import cut_today
from dabir.decisions.report.building import ReportRequest, build_report
from dabir.decisions.report.rendering import render
from dabir.decisions.services.reminders import reminders_owed
from dabir.documents.models import Document, Node
from dabir.documents.services import read_file
from dabir.intake.models import Receipt
from dabir.messaging.models import Letter
from dabir.organs.models import Organ, OrganAct, Seat
from dabir.organs.queries.facts import faults_on, findings_on
from dabir.registry.models import Association, City, Person
from tests.factories.people import a_holder
from tests.plugins.examples import InPlace

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def _read(name: str, table: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((EXAMPLES / name / f"{table}.yaml").read_text())
    return data


@pytest.fixture(scope="class")
def forum(example_in_place: InPlace) -> Iterator[str]:
    with example_in_place("forum") as name:
        yield name


@pytest.fixture(scope="class")
def practice(example_in_place: InPlace) -> Iterator[str]:
    with example_in_place("practice") as name:
        yield name


@pytest.fixture
def no_papers() -> Iterator[None]:
    """The folder of printed reports is empty before and after: it outlives a test's database."""
    folder = home_folder() / "reports"
    shutil.rmtree(folder, ignore_errors=True)
    yield
    shutil.rmtree(folder, ignore_errors=True)


def _is_ready_twice(name: str) -> None:
    """The example is made ready with its desks and papers, and a second time left as it is."""
    first = make_ready(name)
    head = trail_head()
    papers = {paper: paper.read_bytes() for paper in first.papers}
    assert len(papers) == 4
    assert all(data.startswith(b"%PDF") for data in papers.values())
    demonstration = Person.objects.filter(is_demonstration=True)
    assert demonstration.count() == len(first.sign_ins) + 1
    assert not Person.objects.filter(is_demonstration=False).exclude(user=None).exists()
    lost = first.papers[0]
    lost.unlink()
    assert make_ready(name) == first
    assert trail_head() == head
    assert {paper: paper.read_bytes() for paper in papers} == papers


@pytest.mark.usefixtures("forum")
class TestForum:
    """The Asian Mayors Forum: facts only."""

    def test_its_organs_tell_what_is_known_and_invent_nothing(self) -> None:
        found = findings_on(TODAY)
        assert [f.code for f, known in found if known is None and f.severity == "fault"] == []
        overrun = [f.subject for f, known in found if known is not None]
        assert overrun == ["assembly-4", "assembly-5", "assembly-6"]
        presidents = Seat.objects.filter(organ__key="president").order_by("number")
        told = [s.city.public_id if s.city else "unknown" for s in presidents]
        assert told == [
            *("unknown", "istanbul", "bangkok", "haikou", "gaziantep", "dushanbe", "unknown"),
        ]
        grounds = [s.basis["id"] if s.basis else None for s in presidents]
        assert grounds == [None, None, None, "haikou-2014/P6", "haikou-2014/11.a", None, None]

    def test_seven_declarations_stand_in_the_register_and_the_page_is_none(self) -> None:
        kinds = Counter(Document.objects.values_list("kind", flat=True))
        assert kinds == {"declaration": 7, "page": 1}
        held = Document.objects.filter(kind="declaration", text_held=True)
        assert [document.public_id for document in held] == ["haikou-2014"]

    def test_the_declaration_of_haikou_has_9_recitals_12_clauses_10_items_and_1_note(self) -> None:
        nodes = list(Node.objects.filter(document__public_id="haikou-2014"))
        recitals = [n for n in nodes if n.is_recital]
        clauses = [n for n in nodes if not n.is_recital and n.parent_id is None]
        below = [n for n in nodes if n.parent_id]
        labelled = [n for n in below if as_words(n.labels)]
        assert (len(recitals), len(clauses), len(labelled), len(below) - len(labelled)) == (
            9,
            12,
            10,
            1,
        )

    def test_every_clause_and_every_asking_recital_has_a_decision_or_a_reason(self) -> None:
        nodes = Node.objects.filter(document__kind="declaration")
        asked = 0
        for node in nodes.select_related("document"):
            decided = node.decisions.exists()
            excused = NoActionNeeded.objects.filter(node=node).first()
            assert decided != bool(excused), node.public_id
            if excused:
                assert set(as_words(excused.reason)) == {"fa", "en"}, node.public_id
            if node.is_recital and set(node.kinds) - {"recital", "thanks"}:
                asked += 1
        assert asked == 2

    def test_recitals_with_a_target_an_election_or_an_encouragement_are_decided(self) -> None:
        decided = set(
            Decision.objects.filter(node__node_id__startswith="P").values_list(
                "public_id", flat=True
            )
        )
        assert {"haikou-2014/P3", "haikou-2014/P6", "haikou-2014/P8"} <= decided

    def test_the_report_misses_no_clause(self) -> None:
        for organ in Organ.objects.filter(kind__in=("assembly", "board")):
            data = build_report(ReportRequest(organ, cut_today(TODAY)))
            assert data["missing"] == []
            assert len(data["declarations"]) == 7

    def test_decisions_point_to_their_forerunners(self) -> None:
        found = set(Relation.objects.values_list("later__public_id", "earlier__public_id", "kind"))
        for entry in _read("forum", "decisions")["relations"]:
            earlier = [entry["to"]]
            if "/" not in entry["to"]:
                of = Decision.objects.filter(document__public_id=entry["to"])
                earlier = list(of.values_list("public_id", flat=True))
            for one in earlier:
                assert (entry["from"], one, entry["kind"]) in found
        amended = Decision.objects.filter(force="amended").get()
        assert amended.public_id == "istanbul-2011/fact.statute"
        entry = amended.force_entries.get(force="amended")
        assert (entry.by_decision.public_id, entry.on) == (
            "gaziantep-2018/fact.statute",
            date(2018, 12, 1),
        )

    def test_open_digits_stay_open_in_both_languages(self) -> None:
        texts = {
            text.language: text.text
            for text in Node.objects.get(
                document__public_id="haikou-2014", node_id="P3"
            ).texts.all()
        }
        assert all("20{4|5|8}0" in text for text in texts.values()), texts
        assert set(texts) == {"fa", "en"}
        document = Document.objects.get(public_id="haikou-2014")
        assert document.adopted_precision == "candidates"
        assert len(document.adopted_candidates) == 9

    def test_nothing_is_scheduled_on_candidates(self) -> None:
        open_ones = Commitment.objects.filter(deadline_type="candidates")
        assert open_ones.count() == 8
        assert not open_ones.exclude(deadline_on=None, due_on=None).exists()
        for commitment in open_ones:
            assert len(commitment.terms.get().deadline_candidates) > 1
        organ = Organ.objects.get(key="general-assembly")
        data = build_report(ReportRequest(organ, cut_today(TODAY)))
        scheduled = {deadline["commitment"] for deadline in data["deadlines"]}
        assert scheduled
        assert not scheduled & {c.public_id for c in open_ones}
        assert not any(
            c["delayed"]
            for clause in data["clauses"]
            for c in clause["commitments"]
            if c["deadline"]["type"] == "candidates"
        )
        assert Programme.objects.get(public_id="haikou-2014-priorities").ends_on is None

    def test_no_reminder_names_a_day_that_is_only_a_reading(self) -> None:
        for one in reminders_owed(on=TODAY):
            if one.commitment.deadline_type == "candidates":
                assert "/since-" in one.key

    def test_every_act_is_the_demonstration_clerk_s(self) -> None:
        actors = {entry.actor["id"] for entry in AuditEntry.objects.all()}
        assert actors == {CLERK.public_id, SECOND.public_id}
        for model in (ActivityReport, StatusEntry, Relation, NoActionNeeded):
            assert {row.by["id"] for row in model.objects.all()} == {CLERK.public_id}
        assert not Person.objects.filter(public_id=CLERK.public_id).exists()
        assert not Letter.objects.exists()

    def test_two_documents_came_in_as_received_and_a_second_person_confirmed_them(self) -> None:
        found = {r.document.public_id: r for r in Receipt.objects.select_related("document")}
        assert set(found) == {"haikou-2014", "secretariat-page"}
        for receipt in found.values():
            folder = EXAMPLES / "forum" / "received"
            assert read_file(receipt.file) == (folder / receipt.name).read_bytes()
            assert receipt.state == "confirmed"
            assert {act.by["id"] for act in receipt.acts.all()} == {CLERK.public_id}
            assert receipt.confirmed.by["id"] == SECOND.public_id
            clauses = {c["id"]: c["text"] for c in receipt.confirmed.content["clauses"]}
            entered = Node.objects.filter(document=receipt.document)
            assert [n.node_id for n in entered.order_by("position")] == list(clauses)
        left_open = found["haikou-2014"].acts.filter(verb="leave_open")
        assert left_open.count() >= 8
        assert not found["haikou-2014"].acts.filter(verb="choose_number").exists()

    def test_what_followed_is_told_on_behalf_with_its_source(self) -> None:
        sources = {row["id"] for row in _read("forum", "sources")["sources"]}
        reports = ActivityReport.objects.all()
        assert reports.count() == len(_read("forum", "activity")["activity"])
        for report in reports:
            assert report.on_behalf_of["kind"] in {"organ", "city", "post", "words"}
            assert report.on_behalf_of["labels"]
            assert set(report.source.split(", ")) <= sources

    def test_nothing_is_accepted_because_nobody_accepted_it(self) -> None:
        assert not ReportVerdict.objects.exists()
        assert not Commitment.objects.filter(status="done_accepted").exists()

    @pytest.mark.parametrize("model", [City, Person, Organ, Decision])
    def test_no_record_goes_beyond_the_sources(self, model: Any) -> None:
        sources = {row["id"] for row in _read("forum", "sources")["sources"]}
        assert model.objects.exists()
        for row in model.objects.all():
            assert row.source, row
            assert set(row.source.split(", ")) <= sources, row

    def test_people_and_cities_are_those_of_the_files_and_no_others(self) -> None:
        people = {row["id"] for row in _read("forum", "people")["people"]}
        cities = {row["id"] for row in _read("forum", "cities")["cities"]}
        assert set(Person.objects.values_list("public_id", flat=True)) == people
        assert set(City.objects.values_list("public_id", flat=True)) == cities

    def test_the_trail_is_whole_and_the_forum_is_no_practice(self) -> None:
        assert list(trail_faults()) == []
        assert not Association.objects.get().is_practice

    def test_loading_again_is_refused_and_changes_nothing(self) -> None:
        head = trail_head()
        with pytest.raises(IllegalStep) as refusal, transaction.atomic():
            load_example("forum")
        assert refusal.value.code == "already_founded"
        assert trail_head() == head


@pytest.mark.usefixtures("practice")
class TestPractice:
    """The invented union: a whole life, marked as invented wherever it is printed."""

    def test_its_organs_hang_together_and_show_a_whole_life(self) -> None:
        assert [f.code for f in faults_on(TODAY)] == []
        kinds = set(OrganAct.objects.values_list("kind", flat=True))
        assert kinds >= {"found", "change", "abolish", "fill", "replace", "end", "annul"}

    def test_its_life_ends_where_its_history_says(self) -> None:
        assert Counter(Commitment.objects.values_list("status", flat=True)) == {
            "done_accepted": 19,
            "under_way": 13,
            "not_started": 6,
            "blocked": 2,
            "done_claimed": 1,
            "not_applicable": 1,
        }
        forces = Counter(Decision.objects.values_list("force", flat=True))
        assert forces["in_force"] == 45
        assert forces["exhausted"] == 6
        assert forces["superseded"] == 2
        assert (forces["amended"], forces["retired"], forces["lapsed"]) == (1, 1, 1)

    def test_the_report_counts_the_same(self) -> None:
        organ = Organ.objects.get(key="general-assembly")
        counts = build_report(ReportRequest(organ, cut_today(TODAY)))["counts"]
        assert counts["commitments"] == {
            status: Commitment.objects.filter(status=status).count()
            for status in counts["commitments"]
        }
        assert sum(counts["decisions"].values()) == Decision.objects.count() == 56

    def test_lists_repeat_the_newest_entry_of_every_history(self) -> None:
        for commitment in Commitment.objects.all():
            newest = commitment.status_entries.order_by("-on", "-at", "-id")[0]
            assert commitment.status == newest.status, commitment.public_id
        for decision in Decision.objects.all():
            newest_force = decision.force_entries.order_by("-on", "-at", "-id")[0]
            assert decision.force == newest_force.force, decision.public_id

    def test_every_act_of_its_history_was_taken(self) -> None:
        acts = Counter(act["act"] for act in _read("practice", "history")["acts"])
        assert ActivityReport.objects.count() == acts["report"] + acts["claim"]
        assert ReportVerdict.objects.count() == acts["accept"] + acts["return"] + acts["reverse"]
        told = Counter(AuditEntry.objects.values_list("act", flat=True))
        assert told["documents.correct_text"] == acts["erratum"]
        assert told["decisions.exhaust_decision"] == acts["exhaust"]
        assert told["decisions.withdraw_evidence"] == acts["withdraw_evidence"]

    def test_nobody_accepted_their_own_report(self) -> None:
        for verdict in ReportVerdict.objects.select_related("report"):
            assert verdict.by["id"] != verdict.report.by["id"]
            behalf = verdict.report.on_behalf_of or {"id": None}
            assert verdict.by["id"] != behalf["id"]

    def test_the_trail_is_whole(self) -> None:
        assert list(trail_faults()) == []

    def test_everybody_reads_its_progress_report(self, client: Any) -> None:
        shown = client.get("/en/reports/").content.decode()
        assert "Progress of the decisions of the union to the end of October 2026" in shown
        (report,) = client.get("/api/v1/reports").json()["items"]
        assert {(f["language"], f["format"]) for f in report["files"]} >= {
            ("fa", "pdf"),
            ("en", "html"),
        }
        for file in report["files"]:
            answer = client.get(file["url"].removeprefix("http://testserver"))
            assert sha256(answer.content).hexdigest() == file["sha256"]

    @pytest.mark.parametrize(("language", "word"), [("fa", "تمرینی"), ("en", "PRACTICE")])
    def test_every_report_bears_the_word_of_practice(self, language: str, word: str) -> None:
        organ = Organ.objects.get(key="executive-board")
        data = build_report(ReportRequest(organ, cut_today(TODAY)))
        assert data["association"]["practice"] is True
        assert word in render(data, language, "html").decode()
        assert b'"practice":true' in render(data, language, "json").replace(b": ", b":")
        assert word in _words_of_docx(render(data, language, "docx"))

    def test_every_export_of_the_register_bears_the_word_of_practice(self, client: Any) -> None:
        client.force_login(a_holder("expert", factor=False))
        address = reverse("decisions:register")
        answer = client.get(address, {"export": "csv"}, headers={"accept-language": "en"})
        assert answer.status_code == 200
        body = b"".join(answer) if answer.streaming else answer.content
        rows = body.decode("utf-8-sig").splitlines()
        assert len(rows) > 40
        assert all(row.startswith(("PRACTICE", "تمرینی", '"PRACTICE')) for row in rows)

    def test_made_ready_twice_it_is_left_as_it_is(self, no_papers: None) -> None:
        _set_up_desks("practice")
        _is_ready_twice("practice")


def _words_of_docx(data: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(data))
    heads = [p.text for s in document.sections for p in s.header.paragraphs]
    cells = [c.text for s in document.sections for t in s.header.tables for c in t._cells]
    return " ".join([*heads, *cells, document.core_properties.subject])


def test_an_example_that_is_not_there_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(InvalidInput) as refusal:
        load_example("atlantis")
    assert "forum" in str(refusal.value.cure)
    assert not Association.objects.exists()


@pytest.mark.once
def test_an_example_is_loaded_and_made_ready_in_one_go(no_papers: None) -> None:
    _is_ready_twice("forum")
