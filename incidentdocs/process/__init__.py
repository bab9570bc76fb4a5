"""The process as values: severities and the zone in which its clocks are read."""
