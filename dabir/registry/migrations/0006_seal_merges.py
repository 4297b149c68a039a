"""What was joined, and what was taken back, is written once and never changed."""

from django.db import migrations

from dabir.core.sealing import SealTable


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_merging")]

    operations = [SealTable("Merge"), SealTable("MergeUndone")]
