"""A Markdown file becomes a document: its sections, timeline, impact, action items and steps."""
