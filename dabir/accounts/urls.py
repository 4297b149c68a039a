"""Addresses of one's own account; allauth's stand beside them."""

from django.urls import path
from django.views.generic import RedirectView

from dabir.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("second-factor/", views.second_factor, name="second_factor"),
    # The secretariat, which knows the person, changes an address: allauth's page is not offered.
    path("email/", RedirectView.as_view(pattern_name="accounts:account"), name="address"),
]
