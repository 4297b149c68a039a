"""Addresses of the intake."""

from django.urls import path

from dabir.intake.views import acting, comparing, receiving, reviewing

app_name = "intake"
ONE = "office/intake/<slug:receipt>/"
urlpatterns = [
    path("office/intake/", receiving.receipts, name="receipts"),
    path("office/intake/receive/", receiving.receive, name="receive"),
    path(ONE, reviewing.receipt, name="receipt"),
    path(ONE + "progress/", receiving.progress, name="progress"),
    path(ONE + "again/", receiving.read_again, name="read_again"),
    path(ONE + "step/", reviewing.step, name="step"),
    path(ONE + "take-back/", reviewing.undo, name="take_back"),
    path(ONE + "compare/", comparing.compare, name="compare"),
    path(ONE + "file", comparing.original, name="original"),
    path(ONE + "pages/<int:number>.png", comparing.page_image, name="page_image"),
    path(ONE + "differences/<slug:key>/", acting.settle, name="settle"),
    path(ONE + "parts/<slug:part>/<slug:act>/", acting.part_act, name="part_act"),
    path(ONE + "<slug:act>/", acting.act, name="act"),
]
