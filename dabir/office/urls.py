"""Addresses of the office."""

from django.urls import path

from dabir.office.views import design, desk

app_name = "office"
urlpatterns = [
    path("office/", desk.desk, name="desk"),
    path("office/glossary/", design.glossary, name="glossary"),
    path("office/design/", design.design, name="design"),
    path("office/design/<str:scheme>/", design.design_sample, name="design_sample"),
]
