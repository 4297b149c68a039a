"""What everybody finds of one address is what is found of it among all."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabir.decisions.public.searchable import searchable_clauses
from dabir.documents.services import add_clause, add_document
from tests.decisions.reported import a_decision
from tests.factories.people import SIGNED
from tests.website.declared import a_followed_declaration

pytestmark = pytest.mark.django_db


def test_searchable_clause_alone_is_what_it_is_among_all_and_asks_once() -> None:
    followed = a_followed_declaration().decision
    assert followed.document is not None
    board = followed.organ
    a_decision(board, public_id="azmoon-2026/none", document=followed.document)
    a_decision(board, public_id="other-2026/1")  # at the address of a clause, of no text
    a_decision(board, public_id="nowhere-2026/1")
    draft = add_document(public_id="draft-2026", kind="declaration", titles={"en": "D"}, **SIGNED)
    add_clause(document=draft, node_id="1", texts={"en": "Not public"}, **SIGNED)
    other = {"public_id": "other-2026", "kind": "page", "titles": {"en": "Other"}}
    add_clause(document=add_document(**other, **SIGNED), node_id="1", texts={"en": "T"}, **SIGNED)
    everything = list(searchable_clauses(None))
    addresses = {entry.owner for entry in everything}
    assert {"azmoon-2026/1", "azmoon-2026/none", "other-2026/1"} <= addresses
    list(searchable_clauses({"composed/once"}))
    for address in addresses | {"nowhere-2026/1", "draft-2026/1", "draft-2026/9", "nothing"}:
        with CaptureQueriesContext(connection) as asked:
            alone = list(searchable_clauses({address}))
        assert alone == [entry for entry in everything if entry.owner == address]
        assert len(asked) == 1
    assert sorted(searchable_clauses(addresses), key=str) == sorted(everything, key=str)
