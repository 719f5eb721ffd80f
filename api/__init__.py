"""The read-only JSON API at /api/v1/: the published content as data, for whoever builds on it."""
