"""The history of the documents, read from git and written to it."""
