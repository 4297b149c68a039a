"""What is told of a city is written once and never changed."""

from django.db import migrations

from dabir.core.sealing import SealTable


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_city_facts")]

    operations = [
        SealTable("CityFact"),
        SealTable("FactJudgement"),
        SealTable("CityFormerName"),
    ]
