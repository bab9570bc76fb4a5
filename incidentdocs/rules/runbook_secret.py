"""The rule runbook-secret."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.documents.secrets import read_secrets
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/runbooks/runbook-api.md"
_EN = "# Runbook: API\n\n## Resolution (steps)\n1. Log in:\n\n   ```bash\n   export AWS_ACCESS_KEY_ID={}\n   ```\n"
_FR = "# Runbook : API\n\n## Résolution (étapes)\n1. Se connecter avec la clé `{}`.\n"
_KEY = "AKIA" + "Q3V7ZPLM2XWT9HKD"


class RunbookSecret(DocumentRule):
    """No document holds a private key or a token.

    Who reads a runbook need not hold the keys, and what is in git stays in its history and in every clone. Private
    keys are found, and tokens whose shape says what they open: of AWS, GitHub, GitLab, Slack, Stripe, Google, npm, PyPI,
    SendGrid, DigitalOcean and Vault. This goes for post-mortems and incidents too. Placeholders and published
    examples are left alone. The finding does not show the secret.

    Revoke it, since whoever has a clone has it; then write where it is kept.
    """

    name = "runbook-secret"
    valid = (
        Example(_EN.format("AKIA" + "IOSFODNN7EXAMPLE"), path=_PATH),
        Example(_EN.format('"$(vault kv get -field=id secret/api)"'), path=_PATH),
        Example(_FR.format("AKIA" + "XXXXXXXXXXXXXXXX"), path=_PATH),
        Example(_FR.format("-----BEGIN PRIVATE KEY-----…"), path=_PATH),
    )
    invalid = (
        Example(_EN.format(_KEY), (_KEY,), _PATH),
        Example(_FR.format(_KEY), (_KEY,), _PATH),
        Example(f"# Post-mortem: API down\n\n## Timeline\n- 14:30 `{_KEY}` was used\n", (_KEY,)),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each secret, without showing it."""
        for secret in read_secrets(document.source.lines):
            message = f"`{secret.begins}…` is {secret.kind}, which everybody who has a clone can read"
            hint = "revoke it, then write where it is kept"
            yield self.finding(document, secret.span, message, hint)._replace(secret=True)
