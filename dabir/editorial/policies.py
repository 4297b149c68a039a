"""The house's rights in the words of Wagtail: posts decide, and nothing is kept on an account.

Wagtail asks for grants on the tree of pages and on the folder of files. Both are answered from the
table of rights, anew with every request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import AbstractPage, Collection, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from dabir.editorial.queries import is_settled

WRITER = ("add", "change")
PUBLISHER = (*WRITER, "publish", "lock", "unlock")
FILES = ("add", "change", "choose")
TOUCHING = {"change", "delete"}
KINDS = ("picture", "paper")


@dataclass(frozen=True, eq=False)
class Grant:
    """What Wagtail reads of a permission: what for, and from which page or folder on."""

    permission: Any
    page: Any = None
    collection: Any = None

    @property
    def page_id(self) -> Any:
        """The page from which on it holds."""
        return self.page.pk

    @property
    def collection_id(self) -> Any:
        """The folder from which on it holds."""
        return self.collection.pk


def _permission(action: str, kind: str) -> SimpleNamespace:
    return SimpleNamespace(codename=f"{action}_{kind}")


def _words(user: Any, writer: tuple[str, ...], publisher: tuple[str, ...]) -> tuple[str, ...]:
    if not user.is_active or user.is_anonymous:
        return ()
    if user.has_perm("editorial.publish_page"):
        return publisher
    return writer if user.has_perm("editorial.write_page") else ()


def _nobody() -> QuerySet[Any]:
    """Wagtail asks who else may act only for its own letters and filters, which are not used."""
    return get_user_model()._default_manager.none()


class PagesByPost(PagePermissionPolicy):
    """Pages: writers write, publishers publish."""

    def get_all_permissions_for_user(self, user: Any) -> list[Grant]:
        """Grants on the whole tree."""
        words = _words(user, WRITER, PUBLISHER)
        root = Page.get_first_root_node() if words else None
        return [Grant(_permission(word, "page"), page=root) for word in words]

    def users_with_any_permission(self, actions: Iterable[str], *args: Any) -> QuerySet[Any]:
        """See `_nobody`."""
        return _nobody()

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any, *args: Any, **named: Any
    ) -> QuerySet[Any]:
        """See `_nobody`."""
        return _nobody()


class FilesByPost(CollectionOwnershipPermissionPolicy):
    """Pictures and documents: writers bring them in, and change or remove those that the public does
    not see; what a published page shows, or one approved for later will show, is the publishers'.
    """

    def get_all_permissions_for_user(self, user: Any) -> list[Grant]:
        """Grants on the one folder, for both kinds of files: Wagtail keeps them once for both."""
        words = _words(user, FILES, FILES)
        root = Collection.get_first_root_node() if words else None
        return [Grant(_permission(word, kind), collection=root) for word in words for kind in KINDS]

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        """As Wagtail answers; but to change or remove what the public sees is to publish."""
        asked = set(actions)
        if (
            TOUCHING & asked
            and not user.has_perm("editorial.publish_page")
            and is_settled(instance)
        ):
            asked -= TOUCHING
        return bool(asked) and bool(
            super().user_has_any_permission_for_instance(user, asked, instance)
        )

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """See `_nobody`."""
        return _nobody()

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any
    ) -> QuerySet[Any]:
        """See `_nobody`."""
        return _nobody()


def let_posts_decide() -> None:
    """Put the house's answers in the place of Wagtail's."""
    from dabir.editorial.models import Paper, Picture

    register_permission_policy(AbstractPage, PagesByPost())
    register_permission_policy(Picture, FilesByPost(Picture, owner_field_name="uploaded_by_user"))
    register_permission_policy(Paper, FilesByPost(Paper, owner_field_name="uploaded_by_user"))
