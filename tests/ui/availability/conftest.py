"""The same desk as for lists."""

from tests.ui.lists.conftest import fake_desk

__all__ = ["fake_desk"]
