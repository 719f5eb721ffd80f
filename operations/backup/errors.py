"""What stops a backup or a restore. The text is one line that says what to do, for the command to show."""


class BackupError(Exception):
    """Nothing was changed, unless the text says otherwise."""
