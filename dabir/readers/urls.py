"""Addresses of what readers write and are sent."""

from django.urls import path

from dabir.readers.views import enquiries, newsletter

app_name = "readers"
urlpatterns = [
    path("office/newsletter/", newsletter.newsletter, name="newsletter"),
    path("office/newsletter/begin/", newsletter.begin, name="begin_issue"),
    path("office/newsletter/end/", newsletter.end, name="end_newsletter"),
    path("office/newsletter/<slug:public_id>/", newsletter.issue, name="issue"),
    path("office/newsletter/<slug:public_id>/<slug:act>/", newsletter.issue_act, name="issue_act"),
    path("office/readers/", enquiries.enquiries, name="enquiries"),
    path("office/readers/<slug:public_id>/", enquiries.enquiry, name="enquiry"),
    path("office/readers/<slug:public_id>/<slug:act>/", enquiries.enquiry_act, name="enquiry_act"),
]
