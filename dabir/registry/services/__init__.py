"""Acts on who is who: the association, places, people, posts and mandates, contacts."""

from dabir.registry.services.addresses import (
    ask_address_for,
    ask_own_address,
    prove_address,
)
from dabir.registry.services.association import change_association, found_association
from dabir.registry.services.contacts import add_contact, confirm_contact, end_contact
from dabir.registry.services.doors import (
    admit_invited,
    appoint_administrator,
    close_account,
    invite_person,
    link_account,
    open_demonstration_account,
    recover_account,
)
from dabir.registry.services.facts import (
    accept_proposal,
    make_official,
    tell_fact,
    withdraw_fact,
)
from dabir.registry.services.mandates import end_mandate, give_mandate
from dabir.registry.services.mayors import ChangeOfMayor, Newcomer, change_mayor
from dabir.registry.services.merging import merge_records, undo_merge
from dabir.registry.services.people import add_person, change_person, erase_person
from dabir.registry.services.places import (
    add_city,
    add_country,
    add_organisation,
    change_city,
    change_country,
    change_organisation,
)
from dabir.registry.services.posts import (
    close_post,
    create_post,
    hand_over_post,
    move_open_items,
)

__all__ = [
    "ChangeOfMayor",
    "Newcomer",
    "accept_proposal",
    "add_city",
    "add_contact",
    "add_country",
    "add_organisation",
    "add_person",
    "admit_invited",
    "appoint_administrator",
    "ask_address_for",
    "ask_own_address",
    "change_association",
    "change_city",
    "change_country",
    "change_mayor",
    "change_organisation",
    "change_person",
    "close_account",
    "close_post",
    "confirm_contact",
    "create_post",
    "end_contact",
    "end_mandate",
    "erase_person",
    "found_association",
    "give_mandate",
    "hand_over_post",
    "invite_person",
    "link_account",
    "make_official",
    "merge_records",
    "move_open_items",
    "open_demonstration_account",
    "prove_address",
    "recover_account",
    "tell_fact",
    "undo_merge",
    "withdraw_fact",
]
