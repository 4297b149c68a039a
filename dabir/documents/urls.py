"""Addresses of bringing tables in."""

from django.urls import path

from dabir.documents import views

app_name = "documents"
urlpatterns = [
    path("office/import/", views.imports, name="imports"),
    path("office/import/<slug:subject>/", views.import_table, name="import"),
    path(
        "office/import/<slug:subject>/template.<slug:fmt>",
        views.import_template,
        name="import_template",
    ),
    path("office/import/run/<slug:public_id>/", views.import_run, name="import_run"),
    path("office/import/run/<slug:public_id>/confirm/", views.confirm, name="confirm_import"),
    path("office/import/run/<slug:public_id>/drop/", views.drop, name="drop_import"),
]
