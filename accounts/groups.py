"""What the three groups of editors are called; their permissions are given in a migration of `editorial`."""

EDITOR = "Redaktør"
APPROVER = "Godkender"
ADMINISTRATOR = "Administrator"

ALL = (EDITOR, APPROVER, ADMINISTRATOR)
