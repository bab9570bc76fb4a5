"""What changes files: text and edits become text, and the doors through which it is written."""
