"""The register of decisions, their follow-up, and progress reports."""

from dabir.decisions.models.followup import (
    Action,
    ActionOutcome,
    ActivityReport,
    Commitment,
    CommitmentTerms,
    Evidence,
    EvidenceWithdrawal,
    ReportVerdict,
    StatusEntry,
)
from dabir.decisions.models.register import (
    Decision,
    DecisionWording,
    Effect,
    ForceEntry,
    NoActionNeeded,
    Programme,
    Relation,
    Theme,
)
from dabir.decisions.models.reports import (
    Dispatch,
    DispatchReceipt,
    Edition,
    EditionFile,
    ProgressReport,
    Remark,
    SavedView,
)

__all__ = [
    "Action",
    "ActionOutcome",
    "ActivityReport",
    "Commitment",
    "CommitmentTerms",
    "Decision",
    "DecisionWording",
    "Dispatch",
    "DispatchReceipt",
    "Edition",
    "EditionFile",
    "Effect",
    "Evidence",
    "EvidenceWithdrawal",
    "ForceEntry",
    "NoActionNeeded",
    "Programme",
    "ProgressReport",
    "Relation",
    "Remark",
    "ReportVerdict",
    "SavedView",
    "StatusEntry",
    "Theme",
]
