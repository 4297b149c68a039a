"""The records of membership."""

from dabir.membership.models.members import (
    Application,
    ChecklistItem,
    Examination,
    Member,
    Step,
)
from dabir.membership.models.papers import (
    Certificate,
    DuesEntry,
    Plan,
    Ruling,
    Snapshot,
    SnapshotLine,
)

__all__ = [
    "Application",
    "Certificate",
    "ChecklistItem",
    "DuesEntry",
    "Examination",
    "Member",
    "Plan",
    "Ruling",
    "Snapshot",
    "SnapshotLine",
    "Step",
]
