"""Django's settings for the databases: SQLite, or PostgreSQL with any number of streaming replicas."""

from pathlib import Path
from typing import Any

from config.environment import Environment

_SQLITE = {
    # WAL lets readers go on while an editor saves; IMMEDIATE makes a writer wait instead of fail midway.
    "OPTIONS": {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    },
    # A connection kept open spares each request the opening of one, which costs more than most queries.
    "CONN_MAX_AGE": None,
}
# How much longer than PostgreSQL itself we wait: it is to say what was wrong, if it can.
_GRACE_SECONDS = 2
# A process that stands still in the middle of a save keeps others from saving for no longer than this.
_IDLE_SECONDS = 60


def databases(env: Environment, var: Path) -> dict[str, dict[str, Any]]:
    """The setting DATABASES: `default` is the primary, `replica1` and so on are those that readers may be sent to."""
    primary = env.database("DATABASE_URL", f"sqlite:///{var / 'hjemvej.sqlite3'}")
    if primary["ENGINE"] == "django.db.backends.sqlite3":
        return {"default": {**primary, **_SQLITE}}
    found = {"default": primary}
    found |= {f"replica{number}": replica for number, replica in enumerate(env.replicas("DATABASE_REPLICA_URL"), 1)}
    return {alias: _postgresql(env, database) for alias, database in found.items()}


def _postgresql(env: Environment, database: dict[str, Any]) -> dict[str, Any]:
    return {
        **database,
        "ENGINE": "content.postgresql",
        "CONN_MAX_AGE": env.number("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        # What the address itself says in its query counts for more.
        "OPTIONS": {**_patience(env), **database.get("OPTIONS", {})},
    }


def _patience(env: Environment) -> dict[str, Any]:
    """How long to wait for PostgreSQL. A command takes the time that it takes; a server has others waiting."""
    connecting = {"connect_timeout": env.number("DATABASE_CONNECT_SECONDS", 3)}
    seconds = env.number("DATABASE_QUERY_SECONDS", 10)
    if not (seconds and env.flag("SERVING", False)):
        return connecting
    limits = {
        "statement_timeout": seconds,
        "lock_timeout": env.number("DATABASE_LOCK_SECONDS", 4),
        "idle_in_transaction_session_timeout": _IDLE_SECONDS,
    }
    return {
        **connecting,
        "options": " ".join(f"-c {name}={limit}s" for name, limit in limits.items()),
        "answer_seconds": seconds + _GRACE_SECONDS,
        # What is sent and not received is given up by the system after as long.
        "tcp_user_timeout": 1000 * (seconds + _GRACE_SECONDS),
        "keepalives_idle": seconds,
        "keepalives_interval": _GRACE_SECONDS,
    }
