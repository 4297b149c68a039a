"""Tables that are written once and never changed."""

from django.db import migrations

from dabir.core.sealing import SealTable


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        SealTable("MachineReading"),
        SealTable("ReviewAct"),
        SealTable("ConfirmedReading"),
    ]
