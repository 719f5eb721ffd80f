"""Benchmarks: what the real site costs, as ratios to a bare Django view under the same server in the same run."""
