"""Benchmarks: ratios to a no-op Bolt request, since absolute times say little on a shared machine."""
