"""How a result is written: one file a format, each a pure function from values to text."""
