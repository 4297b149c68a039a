"""Tables that are written once and never changed; the checklist that a secretariat begins with."""

from django.db import migrations

from dabir.core.sealing import SealTable

FIRST_CHECKLIST = (
    ("statute-accepted", True, "The city accepts the statute in writing", "شهر اساسنامه را کتبی می‌پذیرد"),
    ("contact-named", True, "A contact of the city is named and reached", "رابط شهر معرفی شده و در دسترس است"),
    ("council-decision", False, "The council's decision is attached, where its law asks for one", "مصوبهٔ شورا پیوست است، آنجا که قانون می‌خواهد"),
    ("profile-given", False, "Population and facts of the city are given with their source", "جمعیت و داده‌های شهر با منبع داده شده است"),
)


def enter_checklist(apps, schema_editor):
    """Points to begin with; the secretariat changes them on their page."""
    item = apps.get_model("membership", "ChecklistItem")
    for position, (key, required, en, fa) in enumerate(FIRST_CHECKLIST, 1):
        item.objects.create(
            key=key, position=position, is_required=required, names={"en": en, "fa": fa}
        )


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]

    operations = [
        SealTable("Step"),
        SealTable("Examination"),
        SealTable("DuesEntry"),
        SealTable("Plan"),
        SealTable("Certificate"),
        SealTable("Snapshot"),
        SealTable("SnapshotLine"),
        SealTable("Ruling"),
        migrations.RunPython(enter_checklist, migrations.RunPython.noop),
    ]
