"""From which score on two incidents are alike, where a repository decides nothing else."""

SUGGESTED = 0.22
CONFIRMED = 0.31
"""Scores from 0 to 1; `docs/guide/similarity.md` tells on what they were measured."""
