"""The JSON Schemas of what the program reads and prints, made from the values that it uses itself."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import TypeAdapter

from incidentdocs.config import Config
from incidentdocs.config.tables import LATEST_EDITION
from incidentdocs.output.lint_json import LintReport
from incidentdocs.output.lint_statistics import StatisticsReport
from incidentdocs.output.rules_json import RulesReport
from incidentdocs.process.severity import ALIASES, IN_FULL, SEVERITIES
from incidentdocs.profiles.patterns import LEVELS
from incidentdocs.profiles.profile import FieldProfile, FieldType, Profile
from incidentdocs.reports.compensation import CompensationReport
from incidentdocs.reports.deadlines import DeadlinesReport
from incidentdocs.reports.escalations import EscalationsReport
from incidentdocs.reports.events import HistoryReport
from incidentdocs.reports.handoff import HandoffReport
from incidentdocs.reports.metrics import MetricsReport
from incidentdocs.reports.model import ActionsReport, OverdueReport
from incidentdocs.reports.oncall import OnCallReport, ScheduleReport
from incidentdocs.reports.similar import EvaluationReport, SimilarReport
from incidentdocs.reports.standing import IncidentsReport, StandingReport
from incidentdocs.reports.weekly import WeeklyReport
from incidentdocs.rules import RULES, load
from incidentdocs.settings.building import setting_key
from incidentdocs.settings.checking import model

Schema = dict[str, Any]

_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_EMPTY: Schema = {"type": "null"}

_TYPES: Mapping[FieldType, Schema] = {
    "date": {"type": "string", "format": "date"},
    "list": {"anyOf": [{"type": "array", "items": _SCALAR}, _SCALAR]},
    "people": {"anyOf": [{"type": "array", "items": _SCALAR}, _SCALAR]},
    "severity": {
        "anyOf": [
            {"enum": [*SEVERITIES, *ALIASES, *IN_FULL]},
            {"type": "string", "pattern": r"^\s*[Ss][Ee][Vv][- ]*[1-3]\s*$"},
            {"type": "string", "pattern": r"^\s*([Cc]ritical|[Ww]arning|[Ii]nfo)\s*$"},
        ]
    },
}
"""How a field of the front matter is written; every other type is one scalar."""


_DAY_OR_MOMENT = r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$"


def config_schema() -> Schema:
    """Return the schema of `incidentdocs.toml` and of `[tool.incidentdocs]`."""
    schema = model(Config).model_json_schema()
    properties = schema["properties"]
    properties["edition"] |= {"minimum": 1, "maximum": LATEST_EDITION}
    per_path = schema["$defs"]["PerPathConfig"]
    for rules in (properties["rules"], per_path["properties"]["rules"]):
        rules["propertyNames"] = {"enum": list(RULES)}
        rules["properties"] = {rule.name: _with_options(rule) for rule in map(load, RULES) if fields(rule)}
    per_path["required"] = ["paths"]
    per_path["properties"]["paths"]["minItems"] = 1
    for table in schema["$defs"].values():
        for setting in table["properties"].values():
            if "anyOf" in setting:  # TOML has no null: what is not decided is not written.
                setting.update(setting.pop("anyOf")[0])
                del setting["default"]
    for item in fields(Config):
        if is_dataclass(item.type):
            properties[setting_key(item.name)]["default"] = {}
    properties["severity"]["propertyNames"] = {"enum": list(SEVERITIES)}
    override = schema["$defs"]["OverrideConfig"]["properties"]
    for end in (override["from"], override["until"]):
        end |= {"type": "string", "pattern": _DAY_OR_MOMENT}
        end.pop("default", None)
    deadlines = schema["$defs"]["DeadlinesConfig"]["properties"]
    deadlines["severities"]["items"] = {"enum": list(SEVERITIES)}
    return _complete(schema, "config", "The configuration of incidentdocs")


def _with_options(rule: type) -> Schema:
    """Return the schema of what is decided of `rule`, which has options."""
    options = model(rule).model_json_schema()["properties"]
    for option in options.values():
        del option["title"]
    told = {"properties": options, "additionalProperties": False}
    return {"allOf": [{"$ref": "#/$defs/RuleConfig"}, {"properties": {"options": told}}]}


def profile_schema() -> Schema:
    """Return the schema of a repository's `.incidentdocs/profiles/<kind>/profile.toml`.

    A profile that extends another says only what it changes, so an entry needs no more than its id.
    """
    schema = model(Profile).model_json_schema()
    del schema["properties"]["kind"], schema["required"]
    extends = {"type": "string", "description": "The kind that this profile starts from."}
    schema["properties"] = {"extends": extends, **schema["properties"]}
    schema["anyOf"] = [{"required": ["extends"]}, {"required": ["name", "folders"]}]
    incidents = schema["properties"]["incidents"]
    incidents.update(incidents.pop("anyOf")[0])  # TOML has no null
    del incidents["default"]
    schema["$defs"]["IncidentsProfile"]["properties"]["level"] |= {"minimum": 1, "maximum": LEVELS[-1]}
    for entry in (entry for entry in schema["$defs"].values() if "id" in entry["properties"]):
        entry["required"] = ["id"]
        entry["properties"] |= {
            "after": {
                "type": "string",
                "description": "The id of the entry before it; empty for none.",
            },
            "remove": {"const": True, "description": "Drops the entry that the extended profile has."},
        }
    return _complete(schema, "profile", "A kind of document")


def lint_schema() -> Schema:
    """Return the schema of what `lint --format json` prints."""
    schema = TypeAdapter(LintReport).json_schema(mode="serialization")
    return _complete(schema, "lint", "The findings of a lint run")


def statistics_schema() -> Schema:
    """Return the schema of what `lint --statistics --format json` prints."""
    schema = TypeAdapter(StatisticsReport).json_schema(mode="serialization")
    return _complete(schema, "statistics", "How many findings each rule has")


def rules_schema() -> Schema:
    """Return the schema of what `rules --format json` prints."""
    schema = TypeAdapter(RulesReport).json_schema(mode="serialization")
    return _complete(schema, "rules", "The rules")


def report_schema() -> Schema:
    """Return the schema of what `report overdue` and `report actions` print with `--format json`."""
    reports: TypeAdapter[OverdueReport | ActionsReport] = TypeAdapter(OverdueReport | ActionsReport)
    return _complete(reports.json_schema(mode="serialization"), "report", "A report on action items")


def deadlines_schema() -> Schema:
    """Return the schema of what `report deadlines --format json` prints."""
    schema = DeadlinesReport.model_json_schema(mode="serialization")
    return _complete(schema, "deadlines", "The deadlines of post-mortems")


def weekly_schema() -> Schema:
    """Return the schema of what `report weekly --format json` prints."""
    schema = WeeklyReport.model_json_schema(mode="serialization")
    return _complete(schema, "weekly", "The weekly report")


def metrics_schema() -> Schema:
    """Return the schema of what `report metrics --format json` prints."""
    schema = MetricsReport.model_json_schema(mode="serialization")
    return _complete(schema, "metrics", "The metrics of incidents")


def history_schema() -> Schema:
    """Return the schema of what `history --format json` prints; a line of `jsonl` is its `ItemEvent`."""
    schema = HistoryReport.model_json_schema(mode="serialization")
    return _complete(schema, "history", "The events of the action items")


def escalations_schema() -> Schema:
    """Return the schema of what `report escalations --format json` prints."""
    schema = EscalationsReport.model_json_schema(mode="serialization")
    return _complete(schema, "escalations", "Incidents that keep coming back")


def similar_schema() -> Schema:
    """Return the schema of what `similar DOCUMENT --format json` prints."""
    schema = SimilarReport.model_json_schema(mode="serialization")
    return _complete(schema, "similar", "The incidents most like one of them")


def oncall_schema() -> Schema:
    """Return the schema of what `oncall --format json` prints of a moment."""
    schema = OnCallReport.model_json_schema(mode="serialization")
    return _complete(schema, "oncall", "Who is on call")


def schedule_schema() -> Schema:
    """Return the schema of what `oncall schedule` and `oncall --week` print with `--format json`."""
    schema = ScheduleReport.model_json_schema(mode="serialization")
    return _complete(schema, "schedule", "Who is on call in some weeks")


def compensation_schema() -> Schema:
    """Return the schema of what `oncall compensation --format json` prints."""
    schema = CompensationReport.model_json_schema(mode="serialization")
    return _complete(schema, "compensation", "Calls outside business hours")


def evaluation_schema() -> Schema:
    """Return the schema of what `similar --evaluate --format json` prints."""
    schema = EvaluationReport.model_json_schema(mode="serialization")
    return _complete(schema, "evaluation", "How well it is told which incidents are alike")


def standing_schema() -> Schema:
    """Return the schema of what `incident status --format json` prints."""
    schema = StandingReport.model_json_schema(mode="serialization")
    return _complete(schema, "standing", "Where an incident stands")


def incidents_schema() -> Schema:
    """Return the schema of what `incident list --format json` prints."""
    schema = IncidentsReport.model_json_schema(mode="serialization")
    return _complete(schema, "incidents", "The incidents and where they stand")


def handoff_schema() -> Schema:
    """Return the schema of what `handoff --format json` prints."""
    schema = HandoffReport.model_json_schema(mode="serialization")
    return _complete(schema, "handoff", "What a week leaves whoever is on call next")


def front_matter_schema(profile: Profile) -> Schema:
    """Return the schema of the front matter of one kind of document; fields of a team's own are allowed."""
    fields = {name: _field(field) for field in profile.metadata for name in (field.id, *field.accept)}
    schema: Schema = {"type": "object", "properties": fields, "allOf": _required(profile)}
    return _complete(schema, profile.kind, f"The front matter of a document of the kind {profile.kind}")


def _field(field: FieldProfile) -> Schema:
    schema: Schema = {"enum": list(field.values)} if field.values else _TYPES.get(field.type, _SCALAR)
    if field.words:
        schema = {"anyOf": [schema, {"enum": sorted(field.words)}]}
    return schema if field.required else {"anyOf": [schema, _EMPTY]}


def _required(profile: Profile) -> list[Schema]:
    return [
        {"anyOf": [{"required": [name]} for name in (field.id, *field.accept)]}
        for field in profile.metadata
        if field.required
    ]


def _complete(schema: Schema, name: str, title: str) -> Schema:
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:incidentdocs:schema:{name}",
        "title": title,
    }
    for table in (schema, *schema.get("$defs", {}).values()):
        for value in table.get("properties", {}).values():
            value.pop("title", None)  # made from the key, it says nothing more
    return head | {key: value for key, value in schema.items() if key != "title" and value != []}


MADE: Mapping[str, Any] = {
    "config": config_schema,
    "profile": profile_schema,
    "lint": lint_schema,
    "statistics": statistics_schema,
    "rules": rules_schema,
    "report": report_schema,
    "deadlines": deadlines_schema,
    "weekly": weekly_schema,
    "metrics": metrics_schema,
    "history": history_schema,
    "escalations": escalations_schema,
    "similar": similar_schema,
    "evaluation": evaluation_schema,
    "standing": standing_schema,
    "incidents": incidents_schema,
    "handoff": handoff_schema,
    "oncall": oncall_schema,
    "schedule": schedule_schema,
    "compensation": compensation_schema,
}
"""The schemas that do not depend on a profile, by name."""
