"""Acts, steps and what is known from sources are written once."""

from django.db import migrations

from dabir.core.sealing import SealTable


class Migration(migrations.Migration):
    dependencies = [("organs", "0003_first_acts")]

    operations = [
        SealTable("OrganAct"),
        SealTable("AppointmentStep"),
        SealTable("KnownFinding"),
    ]
