# Words shared by every part of bin/haerun. Sourced, never run.
# shellcheck shell=bash

LOCAL=$HERE/.local
CACHE=${HAERUN_CACHE:-$LOCAL/cache}
LOG=$LOCAL/log/setup.log
ADDONS="haerun_customer_rep haerun_meter haerun_service_ticket"
ADDONS_CSV=${ADDONS// /,}

die() {
    printf 'haerun: %s\n' "$*" >&2
    exit 1
}

say() { printf '%s\n' "$*"; }

# step TEXT: one line of progress, numbered, with the time since the start.
STEP=0
step() {
    STEP=$((STEP + 1))
    printf '[%d] %3ds  %s\n' "$STEP" "$SECONDS" "$*"
}

# logged WHAT-FAILED WAY-OUT COMMAND...: run quietly into the log; on failure
# show the log's last lines and end with one sentence.
logged() {
    local failed=$1 wayout=$2
    shift 2
    mkdir -p "${LOG%/*}"
    printf '\n== %s  %s\n' "$(date -Is)" "$*" >>"$LOG"
    if ! "$@" >>"$LOG" 2>&1 </dev/null; then
        tail -n 15 "$LOG" | sed 's/^/    /' >&2
        die "$failed; $wayout (all of it: ${LOG#"$HERE"/})."
    fi
}

# conf KEY: the value of KEY in odoo.conf; nothing when unset or False.
conf() {
    sed -nE "s/^$1[[:space:]]*=[[:space:]]*(.*[^[:space:]])[[:space:]]*$/\1/p" "$HERE/odoo.conf" |
        tail -n 1 | grep -vix 'false' || true
}

# need_space GIGABYTES DIR: ends with a sentence when DIR's disk is too full.
need_space() {
    local free
    mkdir -p "$2" 2>/dev/null || die "cannot write in $2; make it writable for $(id -un) or name another cache by HAERUN_CACHE."
    free=$(df -Pk "$2" | awk 'NR == 2 {print int($4 / 1048576)}')
    [ "$free" -ge "$1" ] ||
        die "the disk under $2 has $free GB free and $1 GB are needed; make room, or name a folder on another disk by HAERUN_CACHE."
}

# digest FILE...: a short fingerprint of the files' content.
digest() { cat "$@" | sha256sum | cut -c1-12; }

# one_at_a_time NAME: wait until no other run of this kind is under way.
one_at_a_time() {
    mkdir -p "$LOCAL" 2>/dev/null || die "cannot write in $HERE; make it writable for $(id -un)."
    exec 9>"$LOCAL/$1.lock"
    if ! flock -n 9; then
        say "Another bin/haerun is at work here; waiting for it."
        flock 9
    fi
}
