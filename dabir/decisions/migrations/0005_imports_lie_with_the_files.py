"""The tables brought in lie with the files, where every app can use them."""

from typing import Any

from django.db import migrations


def _move(apps: Any, schema_editor: Any) -> None:
    old = apps.get_model("decisions", "ImportRun")
    new = apps.get_model("documents", "ImportRun")
    for run in old.objects.order_by("pk"):
        for row in run.plan["rows"]:
            for act in row["acts"]:
                act.setdefault("id", act["commitment"] or act["decision"])
        new.objects.create(
            subject="decisions",
            **{
                name: getattr(run, name)
                for name in (
                    "version",
                    "public_id",
                    "file_id",
                    "plan",
                    "state",
                    "by",
                    "tried_at",
                    "confirmed_at",
                )
            },
        )


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_theme"), ("documents", "0003_importrun")]
    operations = [migrations.RunPython(_move, migrations.RunPython.noop)]
