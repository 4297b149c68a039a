"""Tables that are written once and never changed."""

from django.db import migrations

from dabir.core.sealing import SealTable


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        SealTable("NodeText"),
        SealTable("StoredFile"),
    ]
