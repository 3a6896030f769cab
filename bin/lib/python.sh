# The virtual environment: pinned packages from PyPI, and Odoo made visible.
# shellcheck shell=bash

# install_python [test]: sets VENV; with `test` the test tools are added.
install_python() {
    local key python=/usr/bin/python3
    [ -x "$python" ] || python=python3
    key=$(digest "$HERE/requirements.txt" <("$python" --version) <(echo "$ODOO"))
    VENV=$CACHE/venv-$key
    if [ ! -e "$VENV/.ready" ]; then
        step "Python packages"
        need_space 1 "$CACHE"
        rm -rf "$VENV"
        logged "the virtual environment could not be made" "install python3-venv, then run the same command again" \
            "$python" -m venv "$VENV"
        echo "$ODOO" >"$VENV/$(cd "$VENV" && echo lib/python3*/site-packages)/odoo.pth"
        cat >"$VENV/bin/odoo" <<LAUNCHER
#!/bin/sh
'''exec' "$VENV/bin/python" "\$0" "\$@"
' '''
# Two languages in one file, as a "#!" line bears no spaces. Never "python -m
# odoo": with workers its gevent child would start over and over.
import odoo.cli

odoo.cli.main()
LAUNCHER
        chmod +x "$VENV/bin/odoo"
        pip_install requirements.txt
        touch "$VENV/.ready"
    fi
    if [ "${1:-}" = test ]; then
        key=$(digest "$HERE/requirements-test.txt")
        if [ ! -e "$VENV/.ready-$key" ]; then
            step "Test tools"
            pip_install requirements-test.txt
            touch "$VENV/.ready-$key"
        fi
    fi
    mkdir -p "$LOCAL"
    ln -sfn "$VENV" "$LOCAL/venv"
    export PATH="$VENV/bin:$PATH" PYTHONNOUSERSITE=1
}

# pip_install FILE: the lock files are complete, so no dependency is looked up.
pip_install() {
    logged "the Python packages of $1 could not be installed" "check the network, then run the same command again" \
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
        --require-hashes -r "$HERE/$1"
}

# lock ARGUMENT...: requirements*.in -> requirements*.txt, every package pinned
# with its hashes. Odoo itself comes from Debian, so the add-ons' wish for it is
# met outside of PyPI.
lock() {
    local name
    echo 'odoo ; sys_platform == "never"' >"$LOCAL/not-from-pypi.txt"
    for name in requirements requirements-test; do
        (cd "$HERE" && uv pip compile --quiet --no-header --generate-hashes --python-version 3.11 \
            --override "$LOCAL/not-from-pypi.txt" "$@" "$name.in" -o "$name.txt")
    done
}
