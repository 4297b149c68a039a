"""Addresses of what readers write and are sent."""

from django.urls import path

from dabir.readers.views import enquiries

app_name = "readers"
urlpatterns = [
    path("office/readers/", enquiries.enquiries, name="enquiries"),
    path("office/readers/<slug:public_id>/", enquiries.enquiry, name="enquiry"),
    path("office/readers/<slug:public_id>/<slug:act>/", enquiries.enquiry_act, name="enquiry_act"),
]
