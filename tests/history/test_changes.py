"""Steps of a chain become the trail of each file, through renames, deletions and returns."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.history.changes import fold
from incidentdocs.history.commits import ChainCommit, ChainStep, FileChange, SideChange, Trail

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def step(*changes: FileChange, sides: tuple[SideChange, ...] = ()) -> ChainStep:
    return ChainStep(ChainCommit("c", None, (), "Ada", NOON, ""), changes, sides)


def add(path: str, blob: str) -> FileChange:
    return FileChange("added", path, blob)


def change(path: str, blob: str) -> FileChange:
    return FileChange("changed", path, blob)


def delete(path: str) -> FileChange:
    return FileChange("deleted", path, None)


def rename(before: str, path: str, blob: str) -> FileChange:
    return FileChange("renamed", path, blob, before)


def side(commit: str, path: str, blob: str | None, before: str | None = None) -> SideChange:
    return SideChange(commit, NOON, "Ada", path, blob, before)


Told = list[tuple[int, str, str | None]]


def told(trail: Trail) -> Told:
    return [(version.step, version.path, version.blob) for version in trail.versions]


def folded(*steps: ChainStep) -> list[Told]:
    return [told(trail) for trail in fold(steps).trails]


def test_a_file_has_a_trail_of_its_versions() -> None:
    trails = fold([step(add("a", "1"), add("b", "2")), step(), step(change("a", "3"))]).trails
    assert [told(trail) for trail in trails] == [[(0, "a", "1"), (2, "a", "3")], [(0, "b", "2")]]
    assert [trail.path for trail in trails] == ["a", "b"]
    assert all(trail.alive for trail in trails)


def test_a_renamed_file_goes_on_and_its_old_path_is_free() -> None:
    assert folded(step(add("a", "1")), step(rename("a", "b", "2")), step(add("a", "3"))) == [
        [(0, "a", "1"), (1, "b", "2")],
        [(2, "a", "3")],
    ]


def test_a_deleted_file_that_comes_back_resumes() -> None:
    (trail,) = fold([step(add("a", "1")), step(delete("a")), step(add("a", "2"))]).trails
    assert told(trail) == [(0, "a", "1"), (1, "a", None), (2, "a", "2")]
    assert trail.alive


def test_a_deleted_file_is_gone_under_its_last_path() -> None:
    (trail,) = fold([step(add("a", "1")), step(rename("a", "b", "1")), step(delete("b"))]).trails
    assert (trail.path, trail.alive) == ("b", False)


def test_a_file_renamed_to_where_another_was_deleted_stays_itself() -> None:
    steps = [step(add("a", "1"), add("b", "2")), step(delete("a")), step(rename("b", "a", "3"))]
    assert folded(*steps) == [[(0, "a", "1"), (1, "a", None)], [(0, "b", "2"), (2, "a", "3")]]


def test_what_comes_back_to_the_byte_is_no_rename_of_a_like_file_that_goes() -> None:
    steps = [step(add("a", "1"), add("b", "2")), step(delete("a")), step(rename("b", "a", "1"))]
    assert folded(*steps) == [[(0, "a", "1"), (1, "a", None), (2, "a", "1")], [(0, "b", "2"), (2, "b", None)]]


def test_files_that_change_places_in_one_commit_keep_their_trails() -> None:
    steps = [step(add("a", "1"), add("b", "2")), step(rename("a", "b", "1"), rename("b", "a", "2"))]
    assert folded(*steps) == [[(0, "a", "1"), (1, "b", "1")], [(0, "b", "2"), (1, "a", "2")]]


def test_what_was_no_file_before_is_born_with_its_first_change() -> None:
    assert folded(step(change("a", "1")), step(rename("x", "b", "2"))) == [[(0, "a", "1")], [(1, "b", "2")]]


def test_a_version_has_the_sides_that_touched_its_file_under_any_name() -> None:
    sides = (
        side("1", "draft", "1"),
        side("2", "other", "9"),
        side("3", "new", "2", "draft"),
        side("4", "b", "3", "new"),
        side("5", "b", "4"),
    )
    merge = step(rename("a", "b", "4"), change("c", "5"), sides=(side("0", "a", "0"), *sides))
    first, second = fold([step(add("a", "0"), add("c", "0")), merge]).trails
    assert [made.commit for made in first.versions[-1].sides] == ["0", "1", "3", "4", "5"]
    assert second.versions[-1].sides == ()


PATHS = "abcd"
moves = st.tuples(
    st.sampled_from(["edit", "delete", "rename"]), st.sampled_from(PATHS), st.sampled_from(PATHS)
)


@given(st.lists(moves, max_size=30))
def test_trails_follow_every_file_as_somebody_who_watches_them_would(
    told_moves: list[tuple[str, str, str]],
) -> None:
    """Whoever watches knows which file is where, and which one was last at an empty place."""
    there: dict[str, Told] = {}
    left: dict[str, Told] = {}
    trails: list[Told] = []
    steps = []
    for number, (verb, path, other) in enumerate(told_moves):
        blob = str(number)
        if verb == "edit" and path in there:
            steps.append(step(change(path, blob)))
            there[path].append((number, path, blob))
        elif verb == "edit":
            steps.append(step(add(path, blob)))
            if path in left:
                there[path] = left.pop(path)
            else:
                there[path] = []
                trails.append(there[path])
            there[path].append((number, path, blob))
        elif verb == "delete" and path in there:
            steps.append(step(delete(path)))
            left[path] = there.pop(path)
            left[path].append((number, path, None))
        elif verb == "rename" and path in there and other not in there:
            steps.append(step(rename(path, other, blob)))
            there[other] = there.pop(path)
            there[other].append((number, other, blob))
        else:
            steps.append(step())
    assert folded(*steps) == trails
