"""An action items section becomes promises: what, who, until when, and what became of it."""
