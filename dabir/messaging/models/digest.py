"""Who wishes to have by mail, once a week, what waits on their desk."""

from __future__ import annotations

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from dabir.core.models import Versioned
from dabir.registry.models import Person


class DeskMail(Versioned):
    """One person's wish: on which day of the week; without a row nothing is sent."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="desk_mail")
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=list(WEEKDAYS.items()))

    class Meta:
        verbose_name = _("weekly mail of the desk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="desk_mail_on_a_weekday"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.weekday}"
