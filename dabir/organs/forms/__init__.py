"""The acts on organs as forms: each with its right, its consequence and its questions."""

from __future__ import annotations

from dabir.core.acting import ActForm
from dabir.organs.forms.appointing import OpenForm
from dabir.organs.forms.founding import AbolishForm, ChangeForm
from dabir.organs.forms.seating import ElectForm, FillForm

ORGAN_ACTS: dict[str, type[ActForm]] = {
    "fill": FillForm,
    "elect": ElectForm,
    "change": ChangeForm,
    "appoint": OpenForm,
    "abolish": AbolishForm,
}
