"""The verbs: found, change and abolish organs, fill and end seats, appoint step by step, annul."""

from dabir.organs.services.annulling import annul_act
from dabir.organs.services.appointing import (
    open_appointment,
    record_step,
    withdraw_appointment,
)
from dabir.organs.services.electing import record_election
from dabir.organs.services.founding import abolish_organ, change_organ, enter_organ
from dabir.organs.services.knowing import mark_finding_known
from dabir.organs.services.seating import (
    end_seat,
    entrust_function,
    give_seat,
    relieve_function,
    replace_seat,
)

__all__ = [
    "abolish_organ",
    "annul_act",
    "change_organ",
    "end_seat",
    "enter_organ",
    "entrust_function",
    "give_seat",
    "mark_finding_known",
    "open_appointment",
    "record_election",
    "record_step",
    "relieve_function",
    "replace_seat",
    "withdraw_appointment",
]
