"""Kinds of document as data: what a post-mortem or a runbook must have, and its templates."""
