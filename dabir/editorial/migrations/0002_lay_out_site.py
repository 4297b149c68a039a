"""The parts of the site in both languages, and the one step of approval.

Wagtail starts with a welcome page in one language; in its place come a first page for each language
and, below it, the parts of the site. They are the same in every installation, so they are laid out
here and not by hand.
"""

import uuid

from django.conf import settings
from django.db import migrations

PARTS = (
    ("news", "news", "اخبار", "News"),
    ("views", "views", "دیدگاه‌ها", "Views"),
    ("events", "events", "رویدادها", "Events"),
    ("galleries", "galleries", "گالری‌ها", "Galleries"),
    ("papers", "library", "اسناد", "Documents"),
    ("plain", "about", "دربارهٔ ما", "About us"),
)
FRONT = {"fa": "صفحهٔ نخست", "en": "First page"}


def _type(apps, model):
    types = apps.get_model("contenttypes", "ContentType")
    return types.objects.get_or_create(app_label="editorial", model=model)[0]


def _step(number):
    return f"{number:04d}"


def lay_out(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Locale = apps.get_model("wagtailcore", "Locale")
    Site = apps.get_model("wagtailcore", "Site")
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth__gt=1).delete()
    codes = [code for code, _name in settings.LANGUAGES]
    names = ("front", *(part[0] for part in PARTS))
    # The same in every installation, so that an empty database kept ready is what this makes.
    keys = {name: uuid.uuid5(uuid.NAMESPACE_URL, f"dabir:{name}") for name in names}
    fronts = {}
    for number, code in enumerate(codes, start=1):
        locale, _made = Locale.objects.get_or_create(language_code=code)
        title = FRONT.get(code, FRONT["en"])
        front = apps.get_model("editorial", "Front").objects.create(
            **_page(root.path + _step(number), 2, title, code, f"/{code}/", locale, keys["front"]),
            content_type=_type(apps, "front"),
            numchild=len(PARTS),
        )
        fronts[code] = front
        for place, (kind, slug, persian, english) in enumerate(PARTS, start=1):
            path = front.path + _step(place)
            title = persian if code == "fa" else english
            apps.get_model("editorial", "Section").objects.create(
                **_page(path, 3, title, slug, f"/{code}/{slug}/", locale, keys[kind]),
                content_type=_type(apps, "section"),
                kind=kind,
            )
    key = uuid.uuid5(uuid.NAMESPACE_URL, "dabir:root")
    Page.objects.filter(pk=root.pk).update(numchild=len(codes), translation_key=key)
    main = fronts.get(settings.LANGUAGE_CODE) or next(iter(fronts.values()))
    Site.objects.create(
        hostname="localhost", port=80, root_page_id=main.pk, is_default_site=True
    )
    _lay_out_approval(apps, root)


def _page(path, depth, title, slug, url_path, locale, key):
    return {
        "path": path,
        "depth": depth,
        "title": title,
        "draft_title": title,
        "slug": slug,
        "url_path": url_path,
        "locale": locale,
        "translation_key": key,
        "live": True,
    }


def _lay_out_approval(apps, root):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    apps.get_model("wagtailcore", "WorkflowPage").objects.all().delete()
    apps.get_model("wagtailcore", "WorkflowTask").objects.all().delete()
    Workflow.objects.all().delete()
    apps.get_model("wagtailcore", "Task").objects.all().delete()
    workflow = Workflow.objects.create(name="Approval by the secretariat", active=True)
    task = apps.get_model("editorial", "Approval").objects.create(
        name="Approval", active=True, content_type=_type(apps, "approval")
    )
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page=root)


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [("editorial", "0001_pages_and_files"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
