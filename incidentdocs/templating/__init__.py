"""The one door to jinja2: a template and its values become text."""
