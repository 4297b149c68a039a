"""Who may do what with documents."""

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import READERS, STAFF, allow

allow("documents.view_document", _("Read documents"), *READERS)
allow("documents.enter_document", _("Enter a document"), *STAFF)
allow(
    "documents.correct_text",
    _("Issue an erratum to a clause"),
    "secretary_general",
    "executive_deputy",
    "expert",
)
allow("documents.bring_table", _("Bring tables in"), *STAFF, "administrator", "treasurer")
allow(
    "documents.publish_text",
    _("Show a resolution or minutes to everybody, or take them down"),
    "secretary_general",
)
