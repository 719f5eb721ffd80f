"""The content version: one number that every published change raises."""

from django.db import connection, models, transaction


class ContentVersion(models.Model):
    """A single row. Everything public is a pure function of the address and this number."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    # Which version of the rendering made the stored HTML.
    rendering = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "indholdsversion"
        verbose_name_plural = "indholdsversion"

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number now; 0 before anything has been loaded.

        Asked for at every public request, and so without the ORM, which would cost ten times what the database does.
        """
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number FROM {cls._meta.db_table} WHERE id = 1")  # noqa: S608 - a name of our own
            row = cursor.fetchone()
        return row[0] if row else 0

    @classmethod
    def increment(cls) -> int:
        """Raise the number inside the caller's transaction, which publishes the change, and give the new one.

        The row is locked until the transaction ends, so that two changes cannot share a number.
        """
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("The content version is raised only in the transaction that publishes the change.")
        version = cls.hold()
        version.number += 1
        version.save()
        return version.number

    @classmethod
    def hold(cls) -> "ContentVersion":
        """Lock the row until the caller's transaction ends: nothing is published meanwhile but by the caller."""
        version, _ = cls.objects.select_for_update().get_or_create(pk=1)
        return version
