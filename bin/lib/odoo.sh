# Odoo 19.0: Debian's package odoo-19, pinned, unpacked under the cache.
# shellcheck shell=bash

ODOO_VERSION=19.0.0+dfsg-1
ODOO_SHA256=9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf
ODOO_DIR=$CACHE/odoo-$ODOO_VERSION
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# mirror: the address of the machine's own Debian archive, from either form of
# apt's sources.
mirror() {
    local files=() file
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
        [ ! -r "$file" ] || files+=("$file")
    done
    [ ${#files[@]} -gt 0 ] || return 0
    grep -hE '^(deb|URIs:)[[:space:]]' "${files[@]}" | tr '[:blank:]' '\n' |
        grep -E '^[a-z+]+:/.*/debian/?$' | head -n 1
}

# private_apt COMMAND...: apt with its own sources, lists and cache; the
# machine's own apt never sees them. A stale list does no harm here, as the one
# package taken is pinned by version and SHA-256.
private_apt() {
    local command=$1 dir=$CACHE/apt
    shift
    "$command" -q -o Dir::Etc::SourceList="$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
        -o Dir::State="$dir/state" -o Dir::Cache="$dir/cache" \
        -o APT::Sandbox::User=root -o APT::Update::Error-Mode=any \
        -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none -o Acquire::Retries=2 "$@"
}

fetch_odoo() {
    local dir=$CACHE/apt address
    address=$(mirror)
    [ -n "$address" ] || die "apt's sources name no Debian archive; add one, or name Odoo's package file by HAERUN_ODOO_DEB."
    [ -r "$KEYRING" ] || die "Debian's keyring $KEYRING is missing; install debian-archive-keyring."
    mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial"
    echo "deb [signed-by=$KEYRING] $address sid main" >"$dir/sources.list"
    logged "the list of Debian's packages could not be fetched" "check the network, then run the same command again" \
        private_apt apt-get update
    private_apt apt-cache show "odoo-19=$ODOO_VERSION" 2>/dev/null | grep -q "^SHA256: $ODOO_SHA256" ||
        die "Debian's archive no longer has odoo-19 $ODOO_VERSION; take that file from Debian's snapshot archive and name it by HAERUN_ODOO_DEB, or name an installed Odoo 19 by HAERUN_ODOO."
    (cd "$CACHE" && logged "Odoo's package could not be fetched" "check the network, then run the same command again" \
        private_apt apt-get download "odoo-19=$ODOO_VERSION") || exit 1
}

# install_odoo: sets ODOO to the folder that holds the Python package `odoo`.
install_odoo() {
    local deb=${HAERUN_ODOO_DEB:-$CACHE/odoo-19_${ODOO_VERSION}_all.deb} partial=$ODOO_DIR.part stub
    if [ -n "${HAERUN_ODOO:-}" ]; then
        grep -qs '^version_info = (19, 0' "$HAERUN_ODOO/odoo/release.py" ||
            die "HAERUN_ODOO=$HAERUN_ODOO holds no Odoo 19.0 (no odoo/release.py that says so); name the folder above the package odoo."
        ODOO=$HAERUN_ODOO
        return
    fi
    ODOO=$ODOO_DIR/usr/lib/python3/dist-packages
    [ ! -d "$ODOO_DIR" ] || return 0
    step "Odoo 19.0 ($ODOO_VERSION)"
    need_space 3 "$CACHE"
    [ -r "$deb" ] || [ -z "${HAERUN_ODOO_DEB:-}" ] || die "HAERUN_ODOO_DEB=$deb is no readable file; name Odoo's package file."
    [ -r "$deb" ] || fetch_odoo
    if ! echo "$ODOO_SHA256  $deb" | sha256sum --check --status; then
        [ -n "${HAERUN_ODOO_DEB:-}" ] || rm -f "$deb"
        die "Odoo's package $deb is not the pinned one (its SHA-256 differs); run the same command again to fetch it anew."
    fi
    rm -rf "$partial"
    mkdir -p "$partial"
    logged "Odoo's package could not be unpacked" "make sure the disk is not full, then run the same command again" \
        dpkg -x "$deb" "$partial"
    # Debian's build lacks this file, and without it no backend page loads in tests.
    stub=$partial/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    mkdir -p "${stub%/*}"
    [ -e "$stub" ] || echo '/* not part of this build: the camera background of calls */' >"$stub"
    link_shared "$partial"
    mv "$partial" "$ODOO_DIR"
    [ -n "${HAERUN_ODOO_DEB:-}" ] || rm -rf "$deb" "$CACHE/apt"
}

# link_shared DIR: Odoo's links point to DIR/usr/share; lead them to the system's.
link_shared() {
    local name
    mkdir -p "$1/usr/share/fonts"
    for name in javascript fonts-font-awesome fonts/truetype fonts/opentype; do
        [ -e "$1/usr/share/$name" ] || ln -s "/usr/share/$name" "$1/usr/share/$name"
    done
}
