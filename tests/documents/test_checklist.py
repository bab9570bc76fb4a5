from incidentdocs.documents.checklist import DoneStep, read_checklist
from incidentdocs.documents.document import read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in


def read(text: str) -> tuple[DoneStep, ...]:
    source = parse(f"# Incident: x\n\n## Steps\n\n{text}")
    return read_checklist(read_document("a.md", source, built_in("incident"), Process()))


def test_a_step_is_a_numbered_heading_with_its_checks_and_its_output() -> None:
    (step,) = read(
        "### [2] TRIAGE (15 min, @ana)\n- [x] Tell `#ops`:\n  - one\n- [ ] Tell @bo\n"
        "- [x] Output: team alerted — all five in the channel (@ana, 02:20)\n"
    )
    assert (step.number, step.title) == (2, "TRIAGE (15 min, @ana)")
    assert [(check.text.source, check.ticked) for check in step.checks] == [
        ("Tell `#ops`:", True),
        ("Tell @bo", False),
    ]
    assert step.checks[0].box.line == 6
    output = step.output
    assert output is not None
    assert (output.expected, output.said) == ("team alerted", "all five in the channel")
    assert (output.by, output.when, output.passed, step.done) == ("@ana", "02:20", True, True)


def test_an_output_that_is_said_and_not_ticked_is_only_prepared() -> None:
    (step,) = read("### 3. INVESTIGATE\n- [ ] Output: root cause — the disk is full (@bot, 02:20)\n")
    assert step.output
    assert step.output.said == "the disk is full"
    assert not step.output.passed


def test_an_output_that_is_ticked_and_says_nothing_is_missing() -> None:
    (step,) = read("### [1] DETECT\n- [x] Sortie : situation comprise\n")
    assert step.output
    assert (step.output.expected, step.output.passed) == ("situation comprise", False)


def test_a_step_without_output_is_done_once_all_is_ticked() -> None:
    done, left = read("### [1] A\n- [x] one\n- [X] two\n\n### [2] B\n- [x] one\n- [ ] two\n")
    assert done.done
    assert not left.done


def test_what_is_no_step_is_passed_over() -> None:
    assert read("- [ ] loose\n\n### Notes\n- [ ] Output: none\n\n### [] X\n") == ()
    (step,) = read("### [1] A\ntext\n\n- no box\n- [y] odd\n-\n- [ ]\n")
    assert (step.checks, step.output) == ((), None)
    assert step.done
