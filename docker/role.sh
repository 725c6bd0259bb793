#!/usr/bin/env bash
# Creates the role of the nodes, which is no superuser, when the database is created.
set -euo pipefail
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\set password `cat /run/kith/database-password`
CREATE ROLE kith LOGIN PASSWORD :'password';
ALTER DATABASE kith OWNER TO kith;
SQL
