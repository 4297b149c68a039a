"""Addresses of the organs."""

from django.urls import path

from dabir.organs.views import acts, files, findings, organs, timeline

app_name = "organs"
urlpatterns = [
    path("office/organs/", organs.organs, name="organs"),
    path("office/organs/found/", acts.found, name="found"),
    path("office/organs/findings/", findings.findings, name="findings"),
    path("office/organs/timeline/", timeline.timeline, name="timeline"),
    path("office/organs/expiries.ics", files.expiries, name="expiries"),
    path("office/organs/popolo.json", files.popolo_json, name="popolo"),
    path("office/organs/<slug:key>/", organs.organ, name="organ"),
    path("office/organs/<slug:key>/findings/<slug:code>/", acts.known, name="known"),
    path("office/organs/<slug:key>/seats/<int:number>/<slug:act>/", acts.seat_act, name="seat_act"),
    path("office/organs/<slug:key>/acts/<int:number>/annul/", acts.annul, name="annul"),
    path("office/organs/<slug:key>/do/<slug:act>/", acts.act, name="act"),
    path(
        "office/appointments/<slug:public_id>/<slug:act>/",
        acts.appointment_act,
        name="appointment_act",
    ),
]
