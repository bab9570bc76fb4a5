"""A profile and a few answers become a new document."""
