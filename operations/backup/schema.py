"""What the tables look like: the migrations that are applied, and the models as they were with just those.

Models of that state rather than today's read and write the rows, so that a backup can be taken before an upgrade's
migrations, and an older backup be loaded into tables as it knew them and then be brought up to date.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from operator import itemgetter

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from operations.backup.errors import BackupError
from operations.backup.tables import Models, labelled

# App and name, as Django's graph has them.
Node = tuple[str, str]


def applied() -> set[Node]:
    """The migrations that the database has. Raises BackupError where it has some that this program does not know."""
    loader = MigrationLoader(connection)
    found: set[Node] = {node for node in loader.applied_migrations if node[0] in loader.migrated_apps}
    if unknown := found - loader.disk_migrations.keys():
        raise BackupError(f"The database is of a newer program than this one: it has {_named(unknown)}.")
    return found & set(loader.graph.nodes)


def by_app(nodes: Iterable[Node]) -> dict[str, list[str]]:
    """As a manifest has them: app → names in order."""
    return {app: [name for _, name in group] for app, group in groupby(sorted(nodes), key=itemgetter(0))}


def from_apps(migrations: Mapping[str, Iterable[str]]) -> set[Node]:
    return {(app, name) for app, names in migrations.items() for name in names}


def models_at(nodes: Collection[Node]) -> Models:
    """The models of all tables, by label, in the state that these migrations lead to."""
    loader = MigrationLoader(None)
    state = loader.project_state(_last(nodes, loader))
    models = state.apps.get_models(include_auto_created=True)
    return labelled(model for model in models if not model._meta.proxy)


def refuse_unfit(nodes: Collection[Node]) -> None:
    """Raises BackupError unless the database can be brought to the state that a backup of `nodes` needs."""
    if unknown := set(nodes) - MigrationLoader(None).graph.nodes.keys():
        raise BackupError(f"The backup is of a newer program than this one: it has {_named(unknown)}.")
    if later := applied() - set(nodes):
        raise BackupError(
            f"The backup is older than the tables of this database, which have {_named(later)} as well. Restore it "
            "into a database without tables: they are made as the backup has them, and then brought up to date."
        )


def bring_to(nodes: Collection[Node]) -> None:
    """Make in an empty database the tables that are missing in this state, and nothing that is of a later one."""
    executor = MigrationExecutor(connection)
    executor.migrate(_last(nodes, executor.loader))


def bring_up_to_date() -> None:
    """The migrations that have come since the backup, as an upgrade runs them."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def _last(nodes: Collection[Node], loader: MigrationLoader) -> list[Node]:
    """Those of each app that no other of the app builds upon."""
    graph = loader.graph
    return sorted(
        node
        for node in nodes
        if not any(child.key in nodes and child.key[0] == node[0] for child in graph.node_map[node].children)
    )


def _named(nodes: Collection[Node]) -> str:
    """
    >>> _named({("library", "0006_x"), ("library", "0007_y"), ("search", "0003_z")})
    'library.0006_x and 2 other migrations'
    """
    first, *others = sorted(".".join(node) for node in nodes)
    if not others:
        return f"the migration {first}"
    return f"{first} and {len(others)} other migration{'s' if len(others) > 1 else ''}"
