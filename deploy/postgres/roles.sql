-- Roles with no more rights than each needs. Run as a superuser, connected to the site's own database, before the first
-- `manage.py migrate` and again after each upgrade; it can be repeated as often as one likes:
--
--     createdb hjemvej --template=template0 --encoding=UTF8 --lc-collate=C --lc-ctype=C.UTF-8
--     psql hjemvej -1 -v ON_ERROR_STOP=1 -f deploy/postgres/roles.sql
--
-- Passwords are not here: `\password hjemvej` in psql, and so on.
--
--     hjemvej_owner        owns the tables: migrations and restoring, never a server
--     hjemvej              the site and its timers: reads and writes rows
--     hjemvej_backup       `manage.py backup` and pg_dump: reads everything, writes nothing
--     hjemvej_read         monitoring and reports: reads the texts and the server's own numbers, no accounts
--     hjemvej_replication  streaming replicas: no table at all

DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['hjemvej_owner', 'hjemvej', 'hjemvej_backup', 'hjemvej_read', 'hjemvej_replication'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I', role);
        END IF;
        EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role);
    END LOOP;
    EXECUTE format('ALTER DATABASE %I OWNER TO hjemvej_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO hjemvej, hjemvej_backup, hjemvej_read', current_database());
END
$$;

ALTER SCHEMA public OWNER TO hjemvej_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO hjemvej, hjemvej_backup, hjemvej_read;

-- ---------- hjemvej: rows, never tables ----------

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO hjemvej;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO hjemvej;
-- What a migration adds.
ALTER DEFAULT PRIVILEGES FOR ROLE hjemvej_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO hjemvej;
ALTER DEFAULT PRIVILEGES FOR ROLE hjemvej_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO hjemvej;
-- A transaction that was forgotten shall not hold locks for ever.
ALTER ROLE hjemvej SET idle_in_transaction_session_timeout = '5min';

DO $$
DECLARE
    name text;
BEGIN
    -- The audit log is added to; its trigger lets old entries be removed (accounts/append_only.py), and nothing else.
    IF to_regclass('public.accounts_auditentry') IS NOT NULL THEN
        REVOKE UPDATE ON accounts_auditentry FROM hjemvej;
    END IF;
    -- What only migrations write.
    FOREACH name IN ARRAY ARRAY['django_migrations', 'django_content_type', 'auth_permission'] LOOP
        IF to_regclass('public.' || name) IS NOT NULL THEN
            EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM hjemvej', name);
        END IF;
    END LOOP;
END
$$;

-- ---------- hjemvej_backup ----------

GRANT pg_read_all_data TO hjemvej_backup;
ALTER ROLE hjemvej_backup SET default_transaction_read_only = on;

-- ---------- hjemvej_read: the texts, table by table, so that a new table with secrets is not among them ----------

GRANT pg_monitor TO hjemvej_read;
ALTER ROLE hjemvej_read SET default_transaction_read_only = on;
ALTER ROLE hjemvej_read SET statement_timeout = '30s';
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename ~ '^(content|guidelines|library|principles|search|taggit)_'
    LOOP
        EXECUTE format('GRANT SELECT ON %I TO hjemvej_read', name);
    END LOOP;
END
$$;

-- ---------- hjemvej_replication ----------

ALTER ROLE hjemvej_replication REPLICATION;
