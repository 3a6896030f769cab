# The running server. Sourced by bin/haerun.
# shellcheck shell=bash

PIDFILE=$LOCAL/server.pid
SERVER_LOG=$LOCAL/log/server.log
DATABASE=${HAERUN_DB:-haerun}
PORT=${HAERUN_PORT:-$(conf http_port)}
PORT=${PORT:-8069}
INTERFACE=${HAERUN_HOST:-$(conf http_interface)}
INTERFACE=${INTERFACE:-127.0.0.1}
case $INTERFACE in 0.0.0.0) VISIT=127.0.0.1 ;; *) VISIT=$INTERFACE ;; esac
ADDRESS=http://$VISIT:$PORT

# server_pid: the process of our server; fails when it does not run.
server_pid() {
    local pid
    pid=$(cat "$PIDFILE" 2>/dev/null) && [ -n "$pid" ] &&
        tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF "$PIDFILE" && echo "$pid"
}

# answers PATH: succeeds when the server says 200.
answers() {
    local status
    exec 3<>"/dev/tcp/$VISIT/$PORT" || return 1
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$1" "$VISIT:$PORT" >&3
    read -r -t 30 _ status _ <&3
    exec 3>&-
    [ "$status" = 200 ]
} 2>/dev/null

port_is_busy() { (exec 3<>"/dev/tcp/$VISIT/$PORT") 2>/dev/null; }

check_port() {
    server_pid >/dev/null || ! port_is_busy ||
        die "port $PORT is taken by another program; stop that, or choose another port: HAERUN_PORT=8070 bin/haerun up"
}

start_server() {
    local pid waited=0
    if ! server_pid >/dev/null; then
        check_port
        step "Server"
        mkdir -p "${SERVER_LOG%/*}"
        setsid "$VENV/bin/odoo" server -c "$HERE/odoo.conf" -d "$DATABASE" --pidfile="$PIDFILE" \
            --load=base,rpc,web,queue_job \
            --http-port="$PORT" --http-interface="$INTERFACE" --logfile="$SERVER_LOG" \
            </dev/null >>"$SERVER_LOG" 2>&1 9>&- &
        pid=$!
        echo "$pid" >"$PIDFILE"
    fi
    pid=$(cat "$PIDFILE")
    until answers '/web/health?db_server_status=1'; do
        [ -d "/proc/$pid" ] ||
            die "the server ended at once: $(grep -E 'ERROR|CRITICAL|Error' "$SERVER_LOG" | tail -n 1); 'bin/haerun logs' shows more."
        waited=$((waited + 1))
        [ $waited -lt 240 ] || die "the server did not answer at $ADDRESS within two minutes; 'bin/haerun logs' shows why."
        sleep 0.5
    done
}

stop_server() {
    local pid waited=0
    pid=$(server_pid) || return 0
    kill "$pid"
    while [ -d "/proc/$pid" ]; do
        waited=$((waited + 1))
        [ $waited -ne 40 ] || kill -KILL "$pid" 2>/dev/null || true
        [ $waited -lt 80 ] || die "the server (process $pid) cannot be stopped."
        sleep 0.25
    done
    rm -f "$PIDFILE"
}

# logins: admin, and one user of the demo data for each role; password = login.
logins() {
    sql "$DATABASE" "SELECT concat_ws(', ', 'admin', string_agg(login || ' (' || role || ')', ', ' ORDER BY id)) FROM (
        SELECT DISTINCT ON (g.id) u.id, u.login, coalesce(g.name->>'zh_CN', g.name->>'en_US') AS role
        FROM res_users u
        JOIN ir_model_data d ON d.model = 'res.users' AND d.res_id = u.id AND d.module LIKE 'haerun\\_%'
        JOIN res_groups_users_rel r ON r.uid = u.id
        JOIN res_groups g ON g.id = r.gid
        JOIN ir_model_data e ON e.model = 'res.groups' AND e.res_id = g.id AND e.module LIKE 'haerun\\_%'
        WHERE u.active ORDER BY g.id, u.id) AS one_a_role"
}
