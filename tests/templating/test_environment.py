import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.errors import ConfigError
from incidentdocs.front_matter_values import yaml_value
from incidentdocs.templating.environment import render

VALUES = {"title": "API down", "severity": None, "services": ["api", "db"]}


def refusal(template: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        render(template, VALUES, path="template.en.md.j2")
    return caught.value


def test_a_template_names_values_chooses_repeats_and_filters() -> None:
    template = """\
# {{ title | upper }}
{% if severity %}
severity
{% else %}
none
{% endif %}
{# nothing #}
{% for service in services %}
{{ loop.index }}. {{ service }}{{ "" if loop.last else ";" }}
{% endfor %}
{{ (severity or "TODO") | yaml }}
"""
    text = render(template, VALUES, path="t")
    assert text == "# API DOWN\nnone\n1. api;\n2. db\nTODO\n"


def test_a_value_is_never_read_as_a_template() -> None:
    hostile = "{{ 7*7 }} {% for %} {# #}"
    assert render("{{ title }}", {"title": hostile}, path="t") == hostile


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("a\n{{ titel }}", 2, 'there is no value "titel"'),
        ("\n\n{{ title | uper }}", 3, 'there is no filter "uper"'),
        ("\n{% if title %}", 2, "the template is broken"),
        ("{{ title", 1, "the template is broken"),
        ("\n{% unknown %}", 2, "the template is broken"),
        ("{{ title.nothing }}", 1, "the template fails"),
        ("\n\n{{ title.nothing }}", 3, "the template fails"),
        ("\n{{ title is divisibleby 0 }}", 2, "the template fails"),
    ],
)
def test_a_mistake_is_told_with_its_line(template: str, line: int, message: str) -> None:
    error = refusal(template)
    assert message in error.message
    assert error.line == line
    assert error.hint


def test_the_nearest_value_is_proposed() -> None:
    assert refusal("{{ titel }}").hint == 'did you mean "title"?'


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        "{{ 'x' * 10**10 }}",
        "{{ 10**10**10 }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ title.__class__ }}",
        "{{ title['__class__'] }}",
        "{{ title.format(title) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum(n=1000000) }}",
        "{{ self.__init__ }}",
        "{{ title | attr('__class__') }}",
        "{{ title | center(10000000000) }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ title | replace('', title) }}",
        "{{ services | join(title) }}",
        "{% set x = title ~ title %}",
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{% extends '/etc/passwd' %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% for c in title %}{{ c }}{% endfor %}",
        "{% for c in services recursive %}{{ loop(services) }}{% endfor %}",
        "{% for a in services %}{% for b in services %}{{ a }}{% endfor %}{% endfor %}",
        "{{ title | yaml | yaml | yaml | yaml }}",
        "{{ " + "(" * 5000 + "title" + ")" * 5000 + " }}",
        "{{ " + "not " * 20_000 + "title }}",
        "{% if title %}" * 300 + "{% endif %}" * 300,
        "{{ " + "9" * 5000 + " }}",
        "x" * 200_000,
        "{% for s in services %}{{ s }}" + "x" * 600_00 + "{% endfor %}" * 2,
    ],
)
def test_a_hostile_template_is_refused_at_once(template: str) -> None:
    start = time.perf_counter()
    assert refusal(template).hint
    assert time.perf_counter() - start < 3


def test_a_template_cannot_make_a_text_without_end() -> None:
    with pytest.raises(ConfigError, match="makes more than"):
        render("{% for s in services %}" + "x" * 1000 + "{% endfor %}", {"services": ["a"] * 2000}, path="t")


def test_a_message_names_the_template() -> None:
    assert refusal("\n{{ x }}").path == "template.en.md.j2"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("api", "api"),
        ("Payment API", "Payment API"),
        ("SEV1", "SEV1"),
        ("base de données", "base de données"),
        ("no", '"no"'),
        ("12", '"12"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("a\n---\nb: c", '"a\\n---\\nb: c"'),
        ("", '""'),
        (["a", "b, c"], '[a, "b, c"]'),
        ([], "[]"),
        (None, "null"),
        (True, "true"),
    ],
)
def test_a_yaml_value_is_plain_where_it_can_be(value: object, text: str) -> None:
    assert yaml_value(value) == text


any_value = (
    st.text() | st.booleans() | st.integers() | st.dates() | st.lists(st.text(), max_size=3) | st.none()
)


@given(any_value)
def test_a_yaml_value_is_one_line_and_reads_back_as_itself(value: object) -> None:
    text = yaml_value(value)
    assert text.isprintable()
    assert yaml.safe_load(f"before: 1\nkey: {text}\nafter: 2\n") == {"before": 1, "key": value, "after": 2}
    assert yaml.safe_load(f"[{text}]") == [value]


@given(
    st.lists(
        st.sampled_from(["{{", "}}", "{%", "%}", "title", " ", "if", "for", "in", "services", "endfor", "|"])
    )
)
def test_any_template_is_rendered_or_refused(pieces: list[str]) -> None:
    try:
        render(" ".join(pieces), VALUES, path="t")
    except ConfigError as error:
        assert error.hint  # noqa: PT017 - both outcomes are right
