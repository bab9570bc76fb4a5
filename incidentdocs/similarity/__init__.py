"""Which incidents are alike, and why."""
