"""An example made ready to use: loaded once, with demonstration desks and printed reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from dabir.accounts.services import demonstration_address
from dabir.config.home import home_folder, secret
from dabir.config.loading import CLERK
from dabir.config.loading import load_example as load_register
from dabir.core.words import as_words
from dabir.decisions.queries.cut import cut_today
from dabir.decisions.report.building import ReportRequest, build_report
from dabir.decisions.report.rendering import render
from dabir.organs.models import Organ
from dabir.registry.models import City, Person
from dabir.registry.queries import the_association
from dabir.registry.rights import POWERS
from dabir.registry.services.doors import open_demonstration_account
from dabir.registry.services.mandates import give_mandate
from dabir.registry.services.people import add_person
from dabir.registry.services.posts import create_post

ROLE_NAMES = {
    "administrator": {"en": "administrator", "fa": "مدیر سامانه"},
    "secretary_general": {"en": "Secretary General's desk", "fa": "میز دبیرکل"},
    "executive_deputy": {"en": "executive deputy's desk", "fa": "میز معاون اجرایی"},
    "member_affairs": {"en": "member affairs desk", "fa": "میز امور اعضا"},
    "events": {"en": "events desk", "fa": "میز رویدادها"},
    "expert": {"en": "expert's desk", "fa": "میز کارشناس"},
    "treasurer": {"en": "Treasurer's desk", "fa": "میز خزانه‌دار"},
    "auditor": {"en": "auditor's desk", "fa": "میز ممیز"},
    "president": {"en": "President's desk", "fa": "میز رئیس"},
    "board_member": {"en": "Board member's desk", "fa": "میز عضو هیئت اجرایی"},
    "city_officer": {"en": "city officer's desk", "fa": "میز مسئول شهر عضو"},
}
CITY_DESK = {"forum": "gaziantep", "practice": ""}
ORGANS = ("executive-board", "general-assembly")


@dataclass(frozen=True)
class SignIn:
    """How to sign in at one demonstration desk."""

    role: str
    email: str
    password: str


@dataclass(frozen=True)
class Loaded:
    """An example that is ready: its sign-ins and the reports printed from it."""

    sign_ins: list[SignIn]
    papers: list[Path]


def demonstration_password() -> str:
    """The one password of this installation's demonstration desks, made once."""
    return secret("demonstration")[:16]


def load_example(name: str) -> Loaded:
    """Load an example and make it ready; what is there already is left as it is."""
    with transaction.atomic():
        if the_association() is None:
            load_register(name)
            _set_up_desks(name)
    sign_ins = [
        SignIn(role.replace("_", "-"), demonstration_address(role), demonstration_password())
        for role in POWERS
    ]
    return Loaded(sign_ins, print_reports())


def _stamp() -> dict[str, Any]:
    now = timezone.now()
    return {"by": CLERK, "on": timezone.localdate(now), "at": now}


def _set_up_desks(name: str) -> None:
    """One demonstration clerk at one demonstration desk for each power; no real person is touched."""
    stamp = _stamp()
    if not Person.objects.filter(public_id=CLERK.public_id).exists():
        add_person(names=CLERK.labels, public_id=CLERK.public_id, is_demonstration=True, **stamp)
    for role, label in ROLE_NAMES.items():
        person = add_person(
            names={
                language: f"{CLERK.labels[language]} ({text})" for language, text in label.items()
            },
            public_id=f"{CLERK.public_id}-{role.replace('_', '-')}",
            is_demonstration=True,
            **stamp,
        )
        post = create_post(
            names={
                "en": f"Demonstration: {label['en']}",
                "fa": f"نمایشی: {label['fa']}",
            },
            powers=[role],
            city=_desk_city(name) if role == "city_officer" else None,
            public_id=f"demonstration-{role.replace('_', '-')}",
            is_demonstration=True,
            **stamp,
        )
        give_mandate(person=person, post=post, starts_on=stamp["on"], **stamp)
        open_demonstration_account(
            role=role, person=person, password=demonstration_password(), **stamp
        )


def _desk_city(name: str) -> City | None:
    wanted = City.objects.filter(public_id=CITY_DESK[name]).first()
    return wanted or City.objects.order_by("id").first()


def print_reports() -> list[Path]:
    """Print the progress reports of the example; a paper that is there already is kept."""
    folder = home_folder() / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    day = timezone.localdate()
    papers = []
    for organ in Organ.objects.filter(key__in=ORGANS).order_by("key"):
        paths = {
            language: folder / f"progress-{organ.key}-{day.isoformat()}.{language}.pdf"
            for language in as_words(organ.names)
        }
        if not all(path.exists() for path in paths.values()):
            data = build_report(ReportRequest(organ, cut_today(day)))
            for language, path in paths.items():
                path.write_bytes(render(data, language, "pdf"))
        papers += paths.values()
    return papers
