"""Addresses of the office."""

from django.urls import path

from dabir.office.views import (
    access,
    design,
    desk,
    people,
    places,
    posts,
    rights,
    rules_in_force,
    search,
    trail,
)

app_name = "office"
urlpatterns = [
    path("office/", desk.desk, name="desk"),
    path("office/search/", search.search, name="search"),
    path("office/rules/", rules_in_force.rules_in_force, name="rules_in_force"),
    path("office/trail/", trail.trail, name="trail"),
    path("office/trail/checks/", trail.checks, name="checks"),
    path("office/trail/trail.<slug:fmt>", trail.trail_export, name="trail_export"),
    path("office/trail/<int:sequence>/", trail.trail_entry, name="trail_entry"),
    path("office/rights/", rights.rights, name="rights"),
    path("office/people/", people.people_list, name="people"),
    path("office/people/add/", people.add_person, name="add_person"),
    path("office/people/<slug:public_id>/", people.person, name="person"),
    path("office/people/<slug:public_id>/change/", people.change_person, name="change_person"),
    path("office/people/<slug:public_id>/forget/", people.erase_person, name="erase_person"),
    path("office/people/<slug:public_id>/address/", people.add_contact, name="add_contact"),
    path(
        "office/people/<slug:public_id>/address/<int:key>/confirm/",
        people.confirm_contact,
        name="confirm_contact",
    ),
    path(
        "office/people/<slug:public_id>/address/<int:key>/end/",
        people.end_contact,
        name="end_contact",
    ),
    path("office/people/<slug:public_id>/invite/", access.invite, name="invite"),
    path("office/people/<slug:public_id>/withdraw/", access.withdraw, name="withdraw_invitation"),
    path("office/people/<slug:public_id>/recover/", access.recover, name="recover"),
    path("office/people/<slug:public_id>/factor/", access.reset_factor, name="reset_factor"),
    path("office/people/<slug:public_id>/close/", access.close, name="close_account"),
    path("office/people/<slug:public_id>/reopen/", access.reopen, name="reopen_account"),
    path("office/association/", places.association, name="association"),
    path("office/places/add/", places.add_city, name="add_city"),
    path("office/posts/add/", posts.create_post, name="create_post"),
    path("office/posts/<slug:public_id>/mandate/", posts.give_mandate, name="give_mandate"),
    path("office/mandates/<int:key>/end/", posts.end_mandate, name="end_mandate"),
    path("office/mandates/<int:key>/hand-over/", posts.hand_over, name="hand_over"),
    path("office/glossary/", design.glossary, name="glossary"),
    path("office/design/", design.design, name="design"),
    path("office/design/<str:scheme>/", design.design_sample, name="design_sample"),
]
