# Debian packages of the system. Sourced by bin/haerun.
# shellcheck shell=bash

# Odoo's static files are links into these packages' folders.
ODOO_LINKS="fonts-font-awesome fonts-inconsolata fonts-ocr-b
    fonts-roboto-unhinted libjs-jquery libjs-jquery-form libjs-underscore"
RUN_PACKAGES="ca-certificates fonts-dejavu-core fonts-noto-cjk libmagic1 postgresql
    python3 python3-venv wkhtmltopdf $ODOO_LINKS"
TEST_PACKAGES="chromium git"

# missing PACKAGE...: those that are not installed.
missing() {
    local name
    for name in "$@"; do
        [ "$(dpkg-query -Wf '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s ' "$name"
    done
}

# keep_no_main_cluster / keep_defaults: Debian would start a cluster of its own,
# which nobody here uses; say no for the time of the installation.
CREATECLUSTER=/etc/postgresql-common/createcluster.conf
keep_no_main_cluster() {
    [ ! -e "$CREATECLUSTER" ] || return 0
    mkdir -p "${CREATECLUSTER%/*}"
    echo 'create_main_cluster = false' >"$CREATECLUSTER"
    NO_MAIN_CLUSTER=1
}
keep_defaults() {
    [ -n "${NO_MAIN_CLUSTER:-}" ] || return 0
    cp /usr/share/postgresql-common/createcluster.conf "$CREATECLUSTER" 2>/dev/null || rm -f "$CREATECLUSTER"
}

# packages NAME...: install what is missing, as root; else tell the command.
packages() {
    local want
    command -v dpkg-query >/dev/null || die "this needs Debian 12 or a relative of it (no dpkg here); install Odoo 19 by hand as README.md tells."
    want=$(missing "$@")
    [ -n "$want" ] || return 0
    [ "$(id -u)" = 0 ] || die "these system packages are missing; run as root: apt-get install --no-install-recommends $want"
    step "System packages: $want"
    need_space 2 /var/cache/apt
    export DEBIAN_FRONTEND=noninteractive
    logged "the package lists could not be fetched" "check the network and the machine's apt sources, then run the same command again" \
        apt-get -q -o DPkg::Lock::Timeout=300 -o APT::Update::Error-Mode=any update
    logged "an interrupted installation of packages could not be finished" "see the lines above" \
        dpkg --configure -a
    keep_no_main_cluster
    # shellcheck disable=SC2086  # a list of names
    logged "the system packages could not be installed" "see the lines above, then run the same command again" \
        apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold \
        install --no-install-recommends $want
    keep_defaults
}
