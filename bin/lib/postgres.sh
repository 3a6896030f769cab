# PostgreSQL: a private cluster on a unix socket, or the server that PGHOST or
# odoo.conf names. Sourced by bin/haerun.
# shellcheck shell=bash

PATHKEY=$(printf '%s' "$HERE" | sha256sum | cut -c1-8)

# The server that the environment or odoo.conf names; empty: a private cluster.
NAMED_SERVER=${PGHOST:-$(conf db_host)}

# as_owner COMMAND...: PostgreSQL refuses root, so root acts as `postgres`.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# choose_cluster up|test: sets PGDIR (the data folder) and PGSOCKET.
choose_cluster() {
    local base=$LOCAL/pg
    PGBIN=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$PGBIN" ] || die "no PostgreSQL is installed; install the package postgresql, or name a server by PGHOST."
    if [ "$(id -u)" = 0 ]; then
        mkdir -p "$base"
        chown postgres "$base"
        if ! as_owner test -w "$base" 2>/dev/null; then  # under a closed home, say
            base=/var/lib/haerun-$PATHKEY
            mkdir -p "$base"
            chown postgres "$base"
        fi
    else
        mkdir -p "$base"
    fi
    PGDIR=$base/$1
    PGSOCKET=$PGDIR  # a socket's path may have 107 characters at most
    [ ${#PGSOCKET} -le 85 ] || PGSOCKET=/tmp/haerun-$PATHKEY-$1
}

cluster_runs() { as_owner "$PGBIN/pg_ctl" -D "$PGDIR" status >/dev/null 2>&1; }

# start_postgres up|test: sets PG* so that psql, Odoo and the tests all reach
# the same server.
start_postgres() {
    # locks: the test that clicks through everything touches every table and index of
    # all add-ons in one transaction
    local options="-c listen_addresses='' -c jit=off -c max_locks_per_transaction=256"
    if [ -n "$NAMED_SERVER" ]; then
        export PGHOST=$NAMED_SERVER PGPORT=${PGPORT:-$(conf db_port)}
        export PGUSER=${PGUSER:-$(conf db_user)} PGPASSWORD=${PGPASSWORD:-$(conf db_password)}
        [ -n "$PGPORT" ] || unset PGPORT
        [ -n "$PGPASSWORD" ] || unset PGPASSWORD
        [ -n "$PGUSER" ] || PGUSER=$(id -un)
        sql postgres 'SELECT 1' >/dev/null 2>&1 ||
            die "the PostgreSQL server $PGHOST cannot be reached as $PGUSER; check PGHOST, PGPORT, PGUSER and PGPASSWORD (or db_* in odoo.conf)."
        return
    fi
    choose_cluster "$1"
    if [ ! -e "$PGDIR/.haerun-ready" ]; then
        step "PostgreSQL: a private cluster for '$1'"
        need_space 1 "${PGDIR%/*}"
        as_owner rm -rf "$PGDIR"
        logged "the PostgreSQL cluster could not be made" "see the lines above, then run the same command again" \
            as_owner "$PGBIN/initdb" -D "$PGDIR" -U haerun -A trust -E UTF8 --locale=C.UTF-8 --no-instructions
        as_owner touch "$PGDIR/.haerun-ready"
    fi
    [ "$1" != test ] || options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=2GB -c shared_buffers=256MB"
    if ! cluster_runs; then
        if [ "$PGSOCKET" != "$PGDIR" ]; then
            as_owner mkdir -p -m 700 "$PGSOCKET"
            [ "$(stat -c %a "$PGSOCKET")" = 700 ] || die "$PGSOCKET is open to others; remove it and run the same command again."
        fi
        logged "PostgreSQL did not start" "see the lines above; 'bin/haerun reset' begins anew" \
            start_cluster "$options -c unix_socket_directories='$PGSOCKET'"
    fi
    export PGHOST=$PGSOCKET PGUSER=haerun PGPORT=5432
    unset PGPASSWORD PGDATABASE
}

start_cluster() {
    as_owner "$PGBIN/pg_ctl" -D "$PGDIR" -w -t 60 -l "$PGDIR/server.log" -o "$1 -p 5432" start 9>&- ||
        { as_owner tail -n 5 "$PGDIR/server.log"; return 1; }
}

# stop_postgres up|test: quietly; nothing to do when it does not run.
stop_postgres() {
    [ -z "$NAMED_SERVER" ] || return 0
    choose_cluster "$1"
    ! cluster_runs || as_owner "$PGBIN/pg_ctl" -D "$PGDIR" -m fast -w stop >/dev/null 2>&1 || true
}

# sql DATABASE STATEMENT: the bare result.
sql() { psql -X -q -At -v ON_ERROR_STOP=1 -d "$1" -c "$2" </dev/null; }

database_exists() { [ "$(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

# drop_database NAME: with its files.
drop_database() {
    sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null
    rm -rf "${DATA:?}/filestore/$1"
}

# copy_database FROM TO: with its files.
copy_database() {
    drop_database "$2"
    sql postgres "CREATE DATABASE \"$2\" TEMPLATE \"$1\""
    mkdir -p "$DATA/filestore"
    [ ! -d "$DATA/filestore/$1" ] || cp -r "$DATA/filestore/$1" "$DATA/filestore/$2"
}

# rename_database FROM TO: with its files.
rename_database() {
    sql postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    rm -rf "${DATA:?}/filestore/$2"
    [ ! -d "$DATA/filestore/$1" ] || mv "$DATA/filestore/$1" "$DATA/filestore/$2"
}
