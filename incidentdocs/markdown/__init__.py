"""Markdown text becomes blocks with exact places; the only importer of mistune and yaml."""
