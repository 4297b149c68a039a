"""Tables that are written once and never changed."""

from django.db import migrations

from dabir.core.sealing import SealTable


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]

    operations = [
        SealTable("Action"),
        SealTable("ActionOutcome"),
        SealTable("ActivityReport"),
        SealTable("CommitmentTerms"),
        SealTable("DecisionWording"),
        SealTable("Dispatch"),
        SealTable("DispatchReceipt"),
        SealTable("Edition"),
        SealTable("EditionFile"),
        SealTable("Effect"),
        SealTable("Evidence"),
        SealTable("EvidenceWithdrawal"),
        SealTable("ForceEntry"),
        SealTable("NoActionNeeded"),
        SealTable("Relation"),
        SealTable("ReportVerdict"),
        SealTable("StatusEntry"),
    ]
