"""A timeline section becomes events, each with its time, and those that are out of order."""
