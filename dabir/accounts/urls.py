"""Addresses of one's own account; allauth's stand beside them."""

from django.urls import path
from django.views.generic import RedirectView

from dabir.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("second-factor/", views.second_factor, name="second_factor"),
    # In place of allauth's page: an address is proved by a letter of the outbox.
    path("email/", RedirectView.as_view(pattern_name="registry:new_address"), name="address"),
]
