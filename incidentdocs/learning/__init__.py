"""A house style is learned from the documents that a team has written."""
