"""Public addresses. They carry the language and never change: people cite them."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from dabir.editorial.public import KINDS
from dabir.website.views import (
    contact,
    declarations,
    describing,
    editorial,
    followup,
    forum,
    home,
    machine,
    newsletter,
    search,
    security,
    sessions,
)

app_name = "website"


class Word(StringConverter):
    """A page's own word: no dot, so that names of files are never taken for pages."""

    regex = r"[^/.]+"


register_converter(Word, "word")


def _written() -> list[URLPattern]:
    """The parts of the site that people write; the list of news is a page of its own."""
    found = []
    for kind in KINDS.values():
        given = {"kind": kind.key}
        if kind.key != "news":
            found.append(path(f"{kind.path}/", editorial.part, given, name=kind.key))
        one = f"{kind.path}/<word:slug>/"
        found.append(path(one, editorial.page, given, name=f"{kind.key}_page"))
    return found


urlpatterns = [
    path("", home.home, name="home"),
    # The Forum
    path("forum/", forum.forum, name="forum"),
    path("forum/organs/", forum.organs, name="organs"),
    path("forum/organs/<slug:key>/", forum.organ, name="organ"),
    path("forum/popolo.json", machine.popolo_json, name="popolo"),
    path("forum/people/", forum.people, name="people"),
    path("forum/history/", forum.history, name="history"),
    path("forum/sessions/<slug:key>/", sessions.session, name="session"),
    path("forum/sessions/<slug:key>.ics", sessions.session_calendar, name="session_calendar"),
    path("forum/hosts/", home.hosts, name="hosts"),
    path("forum/rules/", forum.rules, name="rules"),
    # Decisions
    path("decisions/", declarations.texts, name="texts"),
    path("decisions.atom", machine.feed, name="feed"),
    path("decisions/<slug:document>/", declarations.text, name="text"),
    path("decisions/<slug:document>.json", machine.text_json, name="text_json"),
    path("decisions/<slug:document>.akn.xml", machine.text_akn, name="text_akn"),
    path("decisions/<slug:document>/<str:node>/", declarations.clause, name="clause"),
    path("follow-up/", followup.follow_up, name="follow_up"),
    path("reports/", followup.reports, name="reports"),
    path(
        "reports/<slug:report>/<int:number>/<slug:language>.<slug:fmt>",
        followup.report_file,
        name="report_file",
    ),
    # Knowledge, news; the cities are those of the members' directory
    path("knowledge/", home.knowledge, name="knowledge"),
    path("news/", home.news, name="news"),
    path("news.atom", editorial.feed, name="news_feed"),
    path("library/files/<int:number>/<str:name>", editorial.paper_file, name="paper_file"),
    *_written(),
    path("meetings.ics", machine.calendar, name="calendar"),
    path("search/", search.search, name="search"),
    path("api/", describing.api, name="api"),
    path("security/", security.security, name="security"),
    # Writing to the association
    path("contact/", contact.contact, name="contact"),
    path("contact/page/", contact.correction, name="correction"),
    path("contact/received/<str:token>/", contact.contact_received, name="contact_received"),
    path("newsletter/", newsletter.newsletter, name="newsletter"),
    path("newsletter.atom", newsletter.issues_feed, name="newsletter_feed"),
    path("newsletter/issues/", newsletter.issues, name="newsletter_issues"),
    path("newsletter/issues/<slug:key>/", newsletter.issue, name="newsletter_issue"),
    path("newsletter/asked/", newsletter.newsletter_asked, name="newsletter_asked"),
    path(
        "newsletter/confirm/<str:token>/", newsletter.newsletter_confirm, name="newsletter_confirm"
    ),
    path("newsletter/stop/<str:token>/", newsletter.newsletter_stop, name="newsletter_stop"),
]
