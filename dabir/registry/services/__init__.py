"""Acts on who is who: the association, places, people, posts and mandates, contacts."""

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
    create_post,
    end_mandate,
    give_mandate,
    hand_over_post,
)

__all__ = [
    "accept_proposal",
    "add_city",
    "add_contact",
    "add_country",
    "add_organisation",
    "add_person",
    "admit_invited",
    "appoint_administrator",
    "change_association",
    "change_city",
    "change_country",
    "change_organisation",
    "change_person",
    "close_account",
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
    "open_demonstration_account",
    "recover_account",
    "tell_fact",
    "withdraw_fact",
]
