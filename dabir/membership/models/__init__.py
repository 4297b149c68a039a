"""The records of membership."""

from dabir.membership.models.members import (
    Application,
    ChecklistItem,
    Examination,
    Member,
    Step,
)
from dabir.membership.models.papers import (
    Accreditation,
    Certificate,
    DuesEntry,
    Plan,
    Ruling,
    SizeTold,
    Snapshot,
    SnapshotLine,
)

__all__ = [
    "Accreditation",
    "Application",
    "Certificate",
    "ChecklistItem",
    "DuesEntry",
    "Examination",
    "Member",
    "Plan",
    "Ruling",
    "SizeTold",
    "Snapshot",
    "SnapshotLine",
    "Step",
]
