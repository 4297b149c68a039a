"""Who may do what with people, posts, places and accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import READERS, allow

KEYS = ("administrator", "secretary_general")
KEEPERS = (*KEYS, "executive_deputy", "member_affairs")

allow("registry.view_people", _("See people, posts and mandates"), *READERS)
allow("registry.view_rights", _("See who may do what"), *READERS, "city_officer")
allow("registry.add_person", _("Enter people and where they are reached"), *KEEPERS)
allow("registry.add_place", _("Enter countries, cities and organisations"), *KEEPERS)
allow("registry.view_places", _("See cities, countries and what is known of them"), *READERS)
allow("registry.judge_fact", _("Say which value of a city is official, withdraw one"), *KEEPERS)
allow("registry.merge_records", _("Merge doubles, undo a merge"), *KEEPERS)
allow("registry.give_mandate", _("Create posts; give, end and hand over mandates"), *KEYS)
allow("registry.erase_person", _("Forget a person where the law allows it"), *KEYS)
allow("registry.change_association", _("Change the association's name, seat or emblem"), *KEYS)
allow("accounts.invite", _("Invite people to open an account"), *KEYS)
allow("accounts.recover", _("Help into a locked account; close and reopen accounts"), *KEYS)
