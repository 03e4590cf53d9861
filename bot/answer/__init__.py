"""Question + catalog -> answer: every number with its source, and a verdict that commits itself."""
