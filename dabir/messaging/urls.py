"""Addresses of the outbox."""

from django.urls import path

from dabir.messaging import views

app_name = "messaging"
urlpatterns = [
    path("office/outbox/", views.outbox, name="outbox"),
    path("office/outbox/together/", views.together, name="together"),
    path("office/outbox/<slug:public_id>/", views.letter, name="letter"),
    path("office/outbox/<slug:public_id>/letter.<slug:fmt>", views.letter_file, name="letter_file"),
    path(
        "office/outbox/<slug:public_id>/attached/<slug:sha256>",
        views.attachment,
        name="attachment",
    ),
    path("office/outbox/<slug:public_id>/send/", views.send, name="send"),
    path("office/outbox/<slug:public_id>/printed/", views.mark_printed, name="mark_printed"),
    path("office/outbox/<slug:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("office/outbox/<slug:public_id>/receipt/", views.receipt, name="receipt"),
]
