"""What the database would refuse is refused before, in words."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from dabir.core.errors import InvalidInput


def check_record(record: models.Model) -> None:
    """Run the record's own checks and constraints; raises InvalidInput naming the fields."""
    try:
        record.full_clean()
    except ValidationError as error:
        fields = {
            "" if name == NON_FIELD_ERRORS else name: list(messages)
            for name, messages in error.message_dict.items()
        }
        raise InvalidInput(" ".join(error.messages), fields=fields) from error
