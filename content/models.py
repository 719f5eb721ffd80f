"""The content version, one number that every published change raises; and pages that are stored finished."""

from django.db import models, transaction

from content import databases

_PAGE = "SELECT body FROM content_storedpage WHERE address = %s AND code = %s AND first_day <= %s AND next_day > %s"


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
        """The number now, in the database that this request reads from; 0 before anything has been loaded."""
        return databases.number_in(databases.alias())

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
        transaction.on_commit(databases.forget_version)
        return version.number

    @classmethod
    def hold(cls) -> "ContentVersion":
        """Lock the row until the caller's transaction ends: nothing is published meanwhile but by the caller."""
        version, _ = cls.objects.select_for_update().get_or_create(pk=1)
        return version


class StoredPage(models.Model):
    """The finished page of a record, as its view made it in the transaction that stored what it shows.

    Good where `code` is running, from the day `first_day` and before `next_day`, on which the law changes (both as
    ordinal numbers). `body` is compressed with brotli. Derived: it can be thrown away, and is made again by itself.
    """

    record = models.OneToOneField("library.Record", models.CASCADE, primary_key=True, related_name="+")
    address = models.CharField(max_length=300, db_index=True)
    code = models.CharField(max_length=64)
    first_day = models.PositiveIntegerField()
    next_day = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        verbose_name = "færdig side"
        verbose_name_plural = "færdige sider"

    def __str__(self) -> str:
        return self.address

    @classmethod
    def find(cls, address: str, code: str, day: int) -> bytes | None:
        """The compressed page at `address`, if it is good. Without the ORM, for the same reason as the number."""
        with databases.connection().cursor() as cursor:
            cursor.execute(_PAGE, [address, code, day, day])
            row = cursor.fetchone()
        return bytes(row[0]) if row else None
