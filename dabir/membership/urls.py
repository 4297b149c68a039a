"""Addresses of members."""

from django.urls import path

from dabir.membership.views import (
    applications,
    certificates,
    cities,
    members,
    public,
    standing,
)

app_name = "membership"
urlpatterns = [
    path("office/members/", members.members, name="members"),
    path("office/members/honour/", members.honour, name="honour"),
    path("office/members/<slug:public_id>/", members.member, name="member"),
    path(
        "office/members/<slug:public_id>/standing/",
        standing.member_standing,
        name="member_standing",
    ),
    path("office/members/<slug:public_id>/<slug:act>/", members.act, name="act"),
    path("office/applications/", applications.applications, name="applications"),
    path("office/applications/receive/", applications.receive, name="receive"),
    path("office/applications/checklist/", applications.checklist, name="checklist"),
    path("office/applications/checklist/add/", applications.checklist_item, name="add_point"),
    path(
        "office/applications/checklist/<slug:key>/",
        applications.checklist_item,
        name="change_point",
    ),
    path("office/applications/evidence/<int:key>/", applications.evidence, name="evidence"),
    path("office/applications/<slug:public_id>/", applications.application, name="application"),
    path("office/applications/<slug:public_id>/letter/", applications.letter, name="letter"),
    path(
        "office/applications/<slug:public_id>/examine/<slug:point>/",
        applications.examine,
        name="examine",
    ),
    path(
        "office/applications/<slug:public_id>/decide/<slug:act>/",
        applications.decide,
        name="decide",
    ),
    path("office/standing/", standing.standing, name="standing"),
    path("office/standing/<slug:public_id>/", standing.snapshot, name="snapshot"),
    path("office/standing/<slug:public_id>/rule/", standing.rule, name="rule"),
    path(
        "office/standing/<slug:public_id>/list.<slug:language>.pdf",
        standing.snapshot_paper,
        name="snapshot_paper",
    ),
    path("office/certificates/<str:code>/issue/", certificates.issue, name="issue_certificate"),
    path(
        "office/certificates/<str:code>.<slug:language>.pdf",
        certificates.certificate,
        name="certificate",
    ),
    path("office/my-city/", cities.my_city, name="my_city"),
    path("office/my-city/<slug:public_id>/", cities.city_space, name="city_space"),
    path(
        "office/my-city/<slug:public_id>/confirm/", cities.confirm_profile, name="confirm_profile"
    ),
    path("cities/", public.cities, name="cities"),
    path("cities/members.<slug:fmt>", public.directory, name="directory"),
    path("cities/<slug:public_id>/", public.member, name="public_member"),
    path("certificates/", certificates.verify, name="verify_any"),
    path("certificates/<str:code>/", certificates.verify, name="verify"),
]
