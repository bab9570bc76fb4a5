"""A static site of a repository's incidents: pages for people, made of values, with nothing fetched."""
