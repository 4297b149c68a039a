"""Addresses of the meetings."""

from django.urls import path

from dabir.meetings import views

app_name = "meetings"
urlpatterns = [
    path("office/meetings/", views.meetings, name="meetings"),
    path("office/meetings/foresee/", views.foresee, name="foresee"),
    path("office/meetings/<slug:public_id>/", views.meeting, name="meeting"),
    path("office/meetings/<slug:public_id>/<slug:act>/", views.act, name="act"),
]
