"""What rules and reports see, and what they answer."""
