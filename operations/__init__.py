"""What the people who run Hjemvej need: request ids, logs, metrics, backup and restore. Nothing here has pages."""
