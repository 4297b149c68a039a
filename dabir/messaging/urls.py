"""Addresses of the outbox and of the letter book."""

from django.urls import path

from dabir.messaging.views import composing, incoming, links, outbox

app_name = "messaging"
urlpatterns = [
    path("office/letters/", incoming.incoming, name="incoming"),
    path("office/letters/enter/", incoming.register_incoming, name="register_incoming"),
    path("office/letters/book/", incoming.book_page, name="book_page"),
    path("office/letters/book.<slug:fmt>", incoming.book, name="book"),
    path("office/letters/write/", composing.compose, name="compose"),
    path("office/letters/models/", composing.models, name="models"),
    path("office/letters/models/add/", composing.add_model, name="add_model"),
    path("office/letters/models/<slug:public_id>/", composing.model, name="model"),
    path(
        "office/letters/models/<slug:public_id>/<slug:act>/", composing.model_act, name="model_act"
    ),
    path("office/letters/<slug:public_id>/", incoming.incoming_letter, name="incoming_letter"),
    path(
        "office/letters/<slug:public_id>/file/<slug:sha256>",
        incoming.incoming_file,
        name="incoming_file",
    ),
    path("office/letters/<slug:public_id>/<slug:act>/", incoming.incoming_act, name="incoming_act"),
    path("office/links/", links.links, name="links"),
    path("office/links/<slug:public_id>/revoke/", links.revoke, name="revoke_link"),
    path("office/outbox/", outbox.outbox, name="outbox"),
    path("office/outbox/together/", outbox.together, name="together"),
    path("office/outbox/<slug:public_id>/", outbox.letter, name="letter"),
    path(
        "office/outbox/<slug:public_id>/letter.<slug:fmt>", outbox.letter_file, name="letter_file"
    ),
    path(
        "office/outbox/<slug:public_id>/attached/<slug:sha256>",
        outbox.attachment,
        name="attachment",
    ),
    path("office/outbox/<slug:public_id>/sign/", composing.sign, name="sign"),
    path("office/outbox/<slug:public_id>/send/", outbox.send, name="send"),
    path("office/outbox/<slug:public_id>/printed/", outbox.mark_printed, name="mark_printed"),
    path("office/outbox/<slug:public_id>/withdraw/", outbox.withdraw, name="withdraw"),
    path("office/outbox/<slug:public_id>/receipt/", outbox.receipt, name="receipt"),
]
