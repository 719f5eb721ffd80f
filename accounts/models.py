"""The audit log: what happened, when, and who did it. Only ever added to; the database itself sees to that."""

from django.db import models
from django.utils import timezone


class Action(models.TextChoices):
    """What the log knows of."""

    SIGNED_IN = "signed_in", "Log ind"
    SIGN_IN_FAILED = "sign_in_failed", "Log ind mislykket"
    LOCKED = "locked", "Log ind spærret"
    REFUSED = "refused", "Log ind afvist"
    SIGNED_OUT = "signed_out", "Log ud"
    EXPIRED = "expired", "Session udløbet"
    PASSWORD_CHANGED = "password_changed", "Kodeord ændret"
    FACTOR_ADDED = "factor_added", "Totrinslogin tilføjet"
    FACTOR_REMOVED = "factor_removed", "Totrinslogin fjernet"
    FACTOR_FAILED = "factor_failed", "Totrinskode afvist"
    USER_CREATED = "user_created", "Bruger oprettet"
    USER_CHANGED = "user_changed", "Bruger ændret"
    USER_DELETED = "user_deleted", "Bruger slettet"
    GROUP_CREATED = "group_created", "Gruppe oprettet"
    GROUP_CHANGED = "group_changed", "Gruppe ændret"
    GROUP_DELETED = "group_deleted", "Gruppe slettet"
    RIGHTS_CHANGED = "rights_changed", "Rettigheder ændret"
    PUBLISHED = "published", "Offentliggjort"
    WITHDRAWN = "withdrawn", "Trukket tilbage"


class AuditEntry(models.Model):
    """One event. Names stand as text, so that an entry outlives the account it tells of and is never changed by it.

    Not managed by Django: its migration makes the table together with the triggers that guard it, and
    `manage.py flush` leaves it alone. `accounts.append_only` says what the database allows.
    """

    at = models.DateTimeField("tidspunkt", default=timezone.now, db_index=True)
    action = models.CharField("hændelse", max_length=30, choices=Action.choices, db_index=True)
    actor = models.CharField("hvem", max_length=150, blank=True)
    target = models.CharField("hvad", max_length=300, blank=True)
    detail = models.TextField("nærmere", blank=True)

    class Meta:
        managed = False
        db_table = "accounts_auditentry"
        ordering = ("-at", "-pk")
        default_permissions = ("view",)
        verbose_name = "logpost"
        verbose_name_plural = "sikkerhedslog"

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.actor or '–'}"
