#!/bin/bash
# Of what the official image does at a first start, as much as docker-compose.yaml asks for.
set -eu
socket="-c unix_socket_directories=/var/run/postgresql"
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA" && chmod 700 "$PGDATA"
    eval initdb --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" "$POSTGRES_INITDB_ARGS"
    printf '\nhost all all all scram-sha-256\n' >> "$PGDATA/pg_hba.conf"
    pg_ctl -D "$PGDATA" -o "-c listen_addresses='' $socket" -w start
    createdb --username "$POSTGRES_USER" "$POSTGRES_DB"
    for file in /docker-entrypoint-initdb.d/*; do
        psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --file "$file"
    done
    pg_ctl -D "$PGDATA" -m fast -w stop
fi
[ "$1" != postgres ] || set -- "$@" -c listen_addresses='*' $socket
exec "$@"
