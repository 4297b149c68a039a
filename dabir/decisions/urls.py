"""Addresses of the register."""

from django.urls import path

from dabir.decisions.views import editions, progress

app_name = "decisions"
urlpatterns = [
    # Progress reports
    path("office/reports/", progress.progress_reports, name="progress_reports"),
    path("office/reports/draft/", progress.draft_report, name="draft_report"),
    path("office/reports/<slug:public_id>/", progress.progress_report, name="progress_report"),
    path("office/reports/<slug:public_id>/edit/", progress.edit_report, name="edit_report"),
    path("office/reports/<slug:public_id>/remarks/<int:key>/", progress.remark, name="remark"),
    path(
        "office/reports/<slug:public_id>/preview/<slug:language>.<slug:fmt>",
        progress.preview,
        name="preview_report",
    ),
    path("office/reports/<slug:public_id>/sign/", editions.sign_off, name="sign_report"),
    path("office/reports/<slug:public_id>/take-back/", editions.take_back, name="take_back"),
    path("office/reports/<slug:public_id>/freeze/", editions.freeze, name="freeze_report"),
    path("office/reports/<slug:public_id>/freezing/", editions.freezing, name="freezing"),
    path("office/reports/<slug:public_id>/reopen/", editions.reopen, name="reopen_report"),
    path("office/reports/<slug:public_id>/<int:number>/", editions.edition, name="edition"),
    path(
        "office/reports/<slug:public_id>/<int:number>/<slug:language>.<slug:fmt>",
        editions.edition_file,
        name="edition_file",
    ),
    path("office/reports/<slug:public_id>/<int:number>/send/", editions.send, name="send_edition"),
    path(
        "office/reports/<slug:public_id>/<int:number>/receipt/<int:key>/",
        editions.receipt,
        name="note_receipt",
    ),
    path("verify/", editions.verify, name="verify_any"),
    path("verify/<str:code>/", editions.verify, name="verify"),
]
