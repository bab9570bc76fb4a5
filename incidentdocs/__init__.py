"""Write, check and follow up post-mortems and runbooks that are Markdown files in git."""

__version__ = "0.1.0"
