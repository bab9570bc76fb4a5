"""The repository that the tests of commands commit to, for tests of the whole program too."""

from tests.commands.conftest import committed

__all__ = ["committed"]
