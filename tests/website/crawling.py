"""A stranger who opens every public page that a link leads to."""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from pypdf import PdfReader

HOST = "http://testserver"


class _Page(HTMLParser):
    """Links, ids and visible words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.words: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "style"):
            self._skipped += 1
        if given.get("id"):
            self.ids.add(str(given["id"]))
        if tag in ("a", "link") and given.get("href") and given.get("rel") != "icon":
            self.links.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._skipped -= 1

    def handle_data(self, data: str) -> None:
        if not self._skipped and data.strip():
            self.words.append(data.strip())


@dataclass
class Crawl:
    """What a stranger met."""

    pages: dict[str, bytes] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)  # what the reader of each file is told
    words: dict[str, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)


def read_file(content_type: str, content: bytes) -> str:
    """What a file says to whoever opens it, its own description included; a picture of dots says nothing.

    A kind of file that nobody here can open is a ``ValueError``: what it holds would go out unread.
    """
    kind = content_type.partition(";")[0]
    if kind.startswith("text/") or kind.endswith(("json", "xml")):
        return content.decode()
    if kind == "application/pdf":
        paper = PdfReader(io.BytesIO(content))
        described = [str(value) for value in (paper.metadata or {}).values()]
        return "\n".join([*described, *(page.extract_text() for page in paper.pages)])
    if kind.startswith("application/vnd.openxmlformats-officedocument"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
            written = "\n".join(parts.read(name).decode() for name in names)
        return written + re.sub(r"<[^>]*>", "", written)  # a word may be cut by marks
    if kind in ("image/png", "image/jpeg", "image/webp", "image/x-icon"):
        return ""
    raise ValueError(f"nobody here reads {kind}")


def crawl(*starts: str) -> Crawl:
    """Follow every link of this site from these addresses; each page once, queries as they stand."""
    found, queue, seen = Crawl(), deque(starts), set(starts)
    ids: dict[str, set[str]] = {}
    fragments: list[tuple[str, str, str]] = []
    client = Client()
    while queue:
        address = queue.popleft()
        answer = client.get(address)
        if answer.status_code != 200:
            found.faults.append(f"{address}: {answer.status_code}")
            continue
        if answer.cookies:
            found.faults.append(f"{address}: sets {list(answer.cookies)}")
        found.pages[address] = answer.content
        found.read[address] = read_file(answer["Content-Type"], answer.content)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = _Page()
        page.feed(answer.content.decode())
        ids[address], found.words[address] = page.ids, page.words
        for link in page.links:
            there, fragment = urldefrag(urljoin(HOST + address, link))
            parts = urlsplit(there)
            if f"{parts.scheme}://{parts.netloc}" != HOST:
                found.outside.add(there)
                continue
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if fragment:
                fragments.append((address, path, fragment))
            if "/contact/page/?" in path and "%2Fdecisions%2Fpractice-2021%2F3%2F" not in path:
                continue  # one form under every page; one of them is enough
            if path not in seen and not path.startswith("/static/") and "/account/" not in path:
                seen.add(path)
                queue.append(path)
    found.faults += [
        f"{here}: no #{fragment} in {path}"
        for here, path, fragment in fragments
        if path in ids and fragment not in ids[path]
    ]
    return found
