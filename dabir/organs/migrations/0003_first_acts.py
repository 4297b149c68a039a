"""What was entered before there were acts gets its first ones."""

from django.db import migrations
from django.utils import timezone

SYSTEM = {"kind": "system", "id": "dabir", "labels": {"en": "Dabir", "fa": "دبیر"}}


def _words(value):
    data = getattr(value, "data", value)
    return data if isinstance(data, dict) else {"en": str(data)} if data else {}


def _day(value):
    return value.isoformat() if value else None


def _holder(seat):
    held_by, kind = (seat.city, "city") if seat.city_id else (seat.post, "post")
    if held_by is None:
        return None
    names = _words(held_by.names)
    return {"kind": kind, "id": held_by.public_id, "labels": names, "on": None}


def enter_first_acts(apps, schema_editor):
    Organ, Seat = apps.get_model("organs", "Organ"), apps.get_model("organs", "Seat")
    OrganAct = apps.get_model("organs", "OrganAct")
    now = timezone.now()
    signed = {"on": now.date(), "at": now, "by": SYSTEM}
    for organ in Organ.objects.order_by("id"):
        started = {
            "names": _words(organ.names),
            "powers": _words(organ.powers),
            "seats_foreseen": organ.seats_foreseen,
            "seats_least": None,
            "parent": None,
        }
        OrganAct.objects.create(
            organ=organ,
            number=1,
            kind="found",
            effective_on=organ.founded_on,
            precision=organ.founded_precision,
            changes=started,
            basis=organ.basis,
            source=organ.source,
            **signed,
        )
        seats = Seat.objects.filter(organ=organ).select_related("city", "post").order_by("id")
        for number, seat in enumerate(seats, start=1):
            seat.number = number
            seat.save(update_fields=["number"])
            OrganAct.objects.create(
                organ=organ,
                number=number + 1,
                kind="fill",
                seat=seat,
                effective_on=seat.starts_on,
                precision="day" if seat.starts_on else "unknown",
                changes={
                    "holder": _holder(seat),
                    "ends_on": _day(seat.ends_on),
                    "term_ends_on": None,
                    "manner": "unknown",
                    "function": "",
                    "succeeds": None,
                },
                basis=seat.basis,
                source=seat.source,
                **signed,
            )


class Migration(migrations.Migration):
    dependencies = [("organs", "0002_acts")]

    operations = [
        migrations.RunPython(enter_first_acts, migrations.RunPython.noop),
    ]
