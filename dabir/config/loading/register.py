"""The register of an example: documents clause by clause, decisions, relations, what followed."""

from __future__ import annotations

from typing import Any

from dabir.config.loading.reading import Stage, last_day, precision, source, words
from dabir.config.loading.received import document_note, load_received
from dabir.core.reference import Reference
from dabir.core.words import as_words
from dabir.decisions.services import activity, agreed, register, terms
from dabir.decisions.services.themes import name_theme
from dabir.documents.services import add_clause, add_document, add_version, publish_text

NODE_FINDINGS = (
    "organs",
    "addressees",
    "cities",
    "people",
    "references",
    "inferred",
    "digits",
    "dates",
    "flags",
    "source",
)


def load_documents(stage: Stage) -> None:
    """Enter every document of the example clause by clause."""
    for path in sorted((stage.folder / "documents").glob("*.yaml")):
        data = stage.read(f"documents/{path.name}")
        _load_document(stage, data["document"], data.get("nodes", []))


def _load_document(stage: Stage, entry: dict[str, Any], nodes: list[dict[str, Any]]) -> None:
    if entry.get("received"):
        stage.documents[entry["id"]] = load_received(stage, entry, nodes)
        return
    adopted = entry.get("adopted_on") or {}
    counted = adopted.get("counted_from") or adopted.get("date") or adopted.get("proposal")
    is_open = adopted.get("type") == "candidates"
    meeting = stage.meetings.get(entry.get("meeting"))
    organ = stage.organs.get(entry.get("organ"))
    document = add_document(
        public_id=entry["id"],
        kind=entry["kind"],
        titles=words(entry.get("short_title")) or words(entry["title"]),
        organ=organ.reference() if organ else None,
        session=meeting.reference() if meeting else None,
        adopted_on=last_day(counted),
        adopted_precision="candidates" if is_open else adopted.get("precision", "unknown"),
        adopted_candidates=adopted.get("candidates", []),
        text_held=entry.get("text") == "here",
        note=document_note(entry),
        source=source(entry) or source(adopted),
        **stage.stamp,
    )
    stage.documents[entry["id"]] = document
    for version in entry.get("versions", []):
        add_version(
            document=document,
            language=version["language"],
            state=version["state"],
            note=words(version.get("note")),
            source=source(version),
            **stage.stamp,
        )
    _load_nodes(stage, document, nodes)
    if entry.get("shown"):
        publish_text(document=document, **stage.stamp)


def _load_nodes(stage: Stage, document: Any, nodes: list[dict[str, Any]]) -> None:
    entered: dict[str, Any] = {}
    for entry in nodes:
        node_id = str(entry["id"])
        held = isinstance(entry.get("text"), dict)
        found = {key: entry[key] for key in NODE_FINDINGS if entry.get(key)}
        if not held:
            found["fact_only"] = True
        entered[node_id] = add_clause(
            document=document,
            node_id=node_id,
            parent=entered.get(str(entry["parent"])) if entry.get("parent") else None,
            labels=words(entry.get("label")),
            kinds=entry.get("kinds", []),
            texts=words(entry["text"] if held else entry.get("fact")),
            found=found,
            **stage.stamp,
        )


def _party(stage: Stage, name: str) -> Reference | None:
    for shelf in (stage.organs, stage.cities, stage.people, stage.posts):
        if name in shelf:
            return shelf[name].reference()
    if name in stage.bodies:
        return Reference("organisation", name, words(stage.bodies[name]["name"]))
    return stage.groups.get(name)


def lead_named(stage: Stage, name: str | None) -> agreed.Lead:
    """The lead that a file names by its id; nobody where it says unknown."""
    if not name or name == "unknown":
        return agreed.Lead()
    if name in stage.posts:
        return agreed.Lead(post=stage.posts[name])
    if name in stage.organs:
        return agreed.Lead(organ=stage.organs[name])
    body = stage.bodies.get(name, {})
    city = stage.cities.get(body.get("city", name))
    if city:
        return agreed.Lead(city=city)
    party = _party(stage, name)
    return agreed.Lead(words=party.labels if party else {"en": name})


def _deadline(stage: Stage, entry: dict[str, Any]) -> agreed.Deadline:
    kind = entry["type"]
    said = words(entry.get("words")) or words(entry.get("note"))
    if kind == "date":
        day = last_day(entry.get("latest") or entry["date"])
        return agreed.Deadline("date", day, words=said)
    if kind == "candidates":
        return agreed.Deadline("candidates", candidates=tuple(entry["candidates"]), words=said)
    if kind == "before_next" and entry.get("scheduled", True):
        organ = (entry.get("organs") or [entry.get("organ")])[0]
        return agreed.Deadline("before_next", organ=stage.organs[organ], words=said)
    if kind == "recurring":
        return agreed.Deadline(
            "recurring",
            words=said,
            recurrence=entry["every"],
            recurrence_from=last_day(entry.get("from")),
        )
    # A reading of ours that nobody confirmed schedules nothing: its words stand, no date does.
    return agreed.Deadline("none" if kind == "before_next" else kind, words=said)


def load_decisions(stage: Stage) -> None:
    """Enter decisions with their commitments and effects, then what needs no action."""
    data = stage.read("decisions.yaml")
    load_themes(stage, data)
    for entry in data["decisions"]:
        load_decision(stage, entry)
    load_bearings(stage, data)


def load_themes(stage: Stage, data: dict[str, Any]) -> None:
    """Give the themes their names."""
    for entry in data.get("themes", []):
        name_theme(key=entry["id"], names=words(entry["name"]), **stage.stamp)


def load_bearings(stage: Stage, data: dict[str, Any]) -> None:
    """What needs no action, how decisions bear on earlier ones, and programmes."""
    for entry in data.get("no_action_needed", []):
        document, node_id = entry["node"].split("/", 1)
        node = stage.documents[document].nodes.get(node_id=node_id)
        stamp = stage.stamp | {"on": stage.documents[document].adopted_on or stage.on}
        register.declare_no_action(node=node, reason=words(entry["reason"]), **stamp)
    _load_relations(stage, data.get("relations", []))
    _load_programmes(stage, data.get("programmes", []))


def decided_on(stage: Stage, entry: dict[str, Any]) -> Any:
    """The day of a decision: its own, else that of its document."""
    document = stage.documents.get(entry.get("document"))
    return last_day(entry.get("decided_on")) or (document.adopted_on if document else None)


def load_decision(stage: Stage, entry: dict[str, Any]) -> None:
    """Enter one decision with its effects and commitments."""
    document = stage.documents.get(entry.get("document"))
    node = document.nodes.get(node_id=str(entry["node"])) if entry.get("node") else None
    meeting = stage.meetings.get(entry.get("meeting"))
    decision = register.record_decision(
        public_id=entry["id"],
        organ=stage.organs[entry["organ"]],
        document=document,
        node=node,
        meeting=meeting,
        titles=words(entry["title"]),
        text=words(entry.get("text")),
        kinds=entry.get("kinds", []),
        themes=entry.get("themes", []),
        decided_on=decided_on(stage, entry),
        precision=document.adopted_precision if document else precision(entry.get("decided_on")),
        source=source(entry),
        **stage.stamp,
    )
    stage.decisions[entry["id"]] = decision
    for effect in entry.get("effects", []):
        register.record_effect(
            decision=decision,
            kind=effect["kind"],
            target=_target(stage, effect),
            words=words(effect.get("note")),
            **stage.stamp,
        )
    for wanted in entry.get("commitments", []):
        _load_commitment(stage, decision, wanted)


def _target(stage: Stage, effect: dict[str, Any]) -> Reference:
    name = effect.get("target", "unknown")
    if isinstance(name, dict):
        return Reference("thing", str(name.get("id", "")), words(name.get("name", name)))
    known = {
        "unknown": {"en": "unknown", "fa": "نامعلوم"},
        "statute": {"en": "Statute", "fa": "اساسنامه"},
    }
    party = _party(stage, name)
    return party or Reference(
        "thing", name, known.get(name) or words(effect.get("name")) or {"en": name}
    )


def _load_commitment(stage: Stage, decision: Any, wanted: dict[str, Any]) -> None:
    named = wanted.get("addressees")
    addressees = [_party(stage, a) for a in named] if isinstance(named, list) else []
    stage.commitments[wanted["id"]] = terms.make_commitment(
        decision=decision,
        terms=agreed.Terms(
            titles=words(wanted["title"]),
            kind=wanted["kind"],
            lead=lead_named(stage, wanted.get("lead")),
            addressees=tuple(a for a in addressees if a),
            deadline=_deadline(stage, wanted["deadline"]),
            budget=wanted.get("budget", "unknown"),
            budget_line=wanted.get("budget_line", ""),
        ),
        **stage.stamp,
    )


def _load_relations(stage: Stage, relations: list[dict[str, Any]]) -> None:
    for entry in relations:
        later = stage.decisions[entry["from"]]
        document = stage.documents.get(entry["to"])
        earlier = (
            list(document.decisions.order_by("id")) if document else [stage.decisions[entry["to"]]]
        )
        for decision in earlier:
            register.relate_decisions(
                later=later, earlier=decision, kind=entry["kind"], **stage.stamp
            )


def _load_programmes(stage: Stage, programmes: list[dict[str, Any]]) -> None:
    for entry in programmes:
        ends = entry.get("ends") or {}
        document = stage.documents.get(entry.get("document"))
        register.set_up_programme(
            public_id=entry["id"],
            titles=words(entry["title"]),
            decisions=[stage.decisions[d] for d in entry["decisions"]],
            starts_on=document.adopted_on if document else None,
            ends_on=last_day(ends.get("latest") or ends.get("date")),
            period_words=words(ends.get("words")),
            source=source(entry),
            **stage.stamp,
        )


def load_activity(stage: Stage) -> None:
    """File what is publicly known to have followed, on behalf of the lead, with its source."""
    data = stage.read("activity.yaml")
    news = sorted(data.get("activity", []), key=lambda a: last_day(a["happened_on"]) or stage.on)
    for entry in news:
        commitment = stage.commitments.get(entry.get("commitment"))
        if commitment is None:
            continue
        text = words(entry["text"])
        language = "fa" if "fa" in text else "en"
        happened = last_day(entry["happened_on"])
        report_day = min(happened, stage.on) if happened else stage.on
        activity.file_report(
            commitment=commitment,
            text=text.pop(language),
            language=language,
            translations=text,
            nature=entry.get("kind", "activity"),
            claims_done=entry.get("status") == "done_claimed",
            precision=entry.get("precision") or precision(entry["happened_on"]),
            on_behalf_of=_behalf(stage, commitment),
            source=source(entry),
            **(stage.stamp | {"on": report_day}),
        )


def _behalf(stage: Stage, commitment: Any) -> Reference:
    holder = commitment.leader
    if holder is not None:
        return holder.reference()
    lead = as_words(commitment.lead_words)
    return Reference("words", "", lead or {"en": "nobody named", "fa": "کسی نامبرده نشده است"})
