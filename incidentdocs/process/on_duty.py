"""Who has the roles that change hands, at a moment."""

from collections.abc import Mapping
from datetime import datetime

from incidentdocs.process.process import Process


def on_call_at(process: Process, moment: datetime) -> Mapping[str, str]:
    """Return the handles, without `@`, of who is on call at `moment`, by role: `oncall` and `backup`.

    The rota tells, where one is configured, and leaves out a role that nobody has. Else the roster tells, in
    which roles hold at all times. `moment` has a zone.
    """
    if process.oncall is None:
        listed = {person.role: person.handle for person in reversed(process.people.people)}
        return {role: listed[role] for role in ("oncall", "backup") if role in listed}
    from incidentdocs.process.oncall import on_call

    duty = on_call(process.oncall, moment)
    return {role: who for role, who in (("oncall", duty.principal), ("backup", duty.backup)) if who}
