"""The prose of a document: what its sections tell in sentences."""
