"""The services of a Compose file, or that they cannot be known."""

from incidentdocs.markdown.compose_files import services_in


def test_services_are_the_keys_of_the_table() -> None:
    found = services_in("services:\n  api:\n    image: a\n  db: {}\nvolumes:\n  data:\n")
    assert found == frozenset(("api", "db"))


def test_what_cannot_be_known_is_none() -> None:
    for text in ("", "- a", "services: [", "services: api", "include: [b.yaml]\nservices:\n  api: {}\n"):
        assert services_in(text) is None


def test_hostile_text_is_read_in_no_time() -> None:
    assert services_in("[" * 100_000) is None
    assert services_in("services:\n" + "  a: {}\n" * 10) == frozenset(("a",))
