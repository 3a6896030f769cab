# Odoo's databases: installing, demo data, upgrading. Sourced by bin/haerun.
# shellcheck shell=bash

DATA=$LOCAL/data

# odoo ARGUMENT...: Odoo with the project's configuration.
odoo() { "$VENV/bin/odoo" "$@"; }

# odoo_batch DATABASE ARGUMENT...: one quiet run that must leave no error in the log.
odoo_batch() {
    local database=$1
    shift
    logged "Odoo could not prepare the database $database" "see the lines above; mend the cause and run the same command again" \
        odoo_checked "$database" "$@"
}
odoo_checked() {
    local database=$1 log=$LOCAL/log/odoo-batch.log
    shift
    rm -f "$log"
    odoo server -c "$HERE/odoo.conf" -d "$database" --no-http --max-cron-threads=0 --stop-after-init \
        --logfile="$log" "$@" || { grep -vE ' (INFO|DEBUG) ' "$log" | head -n 60; return 1; }
    ! grep -E ' (ERROR|CRITICAL) ' -A 30 "$log"
}

# foundation: the modules that the three add-ons stand on, comma-separated.
foundation() {
    (cd "$HERE" && "$VENV/bin/python" - "$ADDONS" <<'PYTHON'
import ast, pathlib, sys

ours = sys.argv[1].split()
found = set()
for name in ours:
    text = pathlib.Path(name, "__manifest__.py").read_text()
    found.update(ast.literal_eval(text)["depends"])
print(",".join(sorted(found - set(ours))))
PYTHON
    )
}

# sources: the fingerprint of what an upgrade would load.
sources() {
    # shellcheck disable=SC2086  # a list of folders
    (cd "$HERE" && find $ADDONS -type f ! -path '*/tests/*' ! -name '*.pyc' ! -path '*/readme/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

loaded_sources() {
    # shellcheck disable=SC2086  # a list of folders
    sql "$1" "SELECT value FROM ir_config_parameter WHERE key = 'haerun.sources'" 2>/dev/null || true
}
remember_sources() {
    # shellcheck disable=SC2086  # a list of folders
    sql "$1" "INSERT INTO ir_config_parameter (key, value) VALUES ('haerun.sources', '$2')
        ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value"
}

# install_addons DATABASE: the three add-ons with their demo data. Odoo loads
# demo data only where every dependency has it; say so for the time of the
# installation, so that Odoo's own demo companies stay out.
install_addons() {
    local digest
    digest=$(sources)
    sql "$1" "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
    odoo_batch "$1" -i "$ADDONS_CSV"
    sql "$1" "UPDATE ir_module_module SET demo = false WHERE name NOT LIKE 'haerun\\_%'"
    remember_sources "$1" "$digest"
}

# upgrade_addons DATABASE
upgrade_addons() {
    local digest
    digest=$(sources)
    # Odoo's account, on which the add-ons stand since, wants this path for itself
    sql "$1" "UPDATE ir_act_client SET path = 'water-customers' WHERE path = 'customers'"
    odoo_batch "$1" -i "$ADDONS_CSV" -u "$ADDONS_CSV"
    remember_sources "$1" "$digest"
}

# settle DATABASE: Chinese, Shanghai's time, assets ready for the first page.
settle() {
    logged "the database $1 could not be settled" "see the lines above; run the same command again" \
        settle_checked "$1"
}
settle_checked() {
    odoo shell -c "$HERE/odoo.conf" -d "$1" --no-http --log-level=warn <"$HERE/bin/lib/settle.py"
}

# prepare_up DATABASE: built under another name and renamed when complete, so
# that an interruption never leaves a half-made database behind.
prepare_up() {
    if ! database_exists "$1"; then
        step "Database $1: Odoo's modules"
        drop_database "$1_new"
        odoo_batch "$1_new" -i "$(foundation)" --load-language=zh_CN
        step "Database $1: the three add-ons, master data and demo data"
        install_addons "$1_new"
        step "Database $1: zh_CN, Asia/Shanghai, first pages"
        settle "$1_new"
        rename_database "$1_new" "$1"
    elif [ "$(sources)" != "$(loaded_sources "$1")" ]; then
        stop_server
        step "Database $1: upgrade, the add-ons have changed"
        upgrade_addons "$1"
    fi
}

# prepare_template: TEMPLATE holds what the add-ons stand on and is built once.
# It speaks English and knows Chinese: a test reads the source's own words,
# whatever the state of the translation.
prepare_template() {
    local key dump
    key=$(digest "$HERE/requirements.txt" <(echo "$ODOO_VERSION en+zh_CN $(foundation)"))
    TEMPLATE=haerun_base_$key
    TESTDB=haerun_test_$PATHKEY
    dump=${HAERUN_CACHE:+$CACHE/$TEMPLATE}
    if ! database_exists "$TEMPLATE"; then
        step "Template database: Odoo's modules"
        drop_database "${TEMPLATE}_new"
        if [ -n "$dump" ] && [ -e "$dump/ready" ]; then
            sql postgres "CREATE DATABASE \"${TEMPLATE}_new\" TEMPLATE template0"
            logged "the cached template could not be restored" "remove $dump and run the same command again" \
                pg_restore -d "${TEMPLATE}_new" --no-owner "$dump/database"
            mkdir -p "$DATA/filestore"
            cp -r "$dump/filestore" "$DATA/filestore/${TEMPLATE}_new"
        else
            odoo_batch "${TEMPLATE}_new" -i "$(foundation)"
            logged "the language zh_CN could not be loaded" "see the lines above; run the same command again" \
                odoo i18n loadlang -c "$HERE/odoo.conf" -d "${TEMPLATE}_new" -l zh_CN
            [ -z "$dump" ] || save_template "$dump"
        fi
        rename_database "${TEMPLATE}_new" "$TEMPLATE"
        [ -n "$NAMED_SERVER" ] || drop_old_templates
    fi
}

drop_old_templates() {
    local name
    for name in $(sql postgres "SELECT datname FROM pg_database
            WHERE datname LIKE 'haerun\\_base\\_%' AND datname <> '$TEMPLATE'"); do
        drop_database "$name"
    done
}

# prepare_test: TESTDB is a copy of the template with the add-ons. What was copied
# from it in a run that was interrupted goes.
prepare_test() {
    local name
    step "Test database: the three add-ons and demo data"
    for name in $(sql postgres "SELECT datname FROM pg_database WHERE datname ~ '^${TESTDB}[_-]'"); do
        drop_database "$name"
    done
    copy_database "$TEMPLATE" "$TESTDB"
    install_addons "$TESTDB"
}

# translate: refreshes the .pot and zh_CN.po files, from a database without demo
# data, whose terms need no translation.
translate() {
    step "A database without demo data"
    copy_database "$TEMPLATE" "$TESTDB"
    odoo_batch "$TESTDB" -i "$ADDONS_CSV"
    odoo shell -c odoo.conf -d "$TESTDB" --no-http --log-level=warn <bin/lib/translate.py
    drop_database "$TESTDB"
}

# save_template DIR: for other checkouts that share the cache.
save_template() {
    rm -rf "$1.part"
    mkdir -p "$1.part/filestore"
    logged "the template could not be kept" "make room under $CACHE" \
        pg_dump -Fc -Z1 -f "$1.part/database" "${TEMPLATE}_new"
    [ ! -d "$DATA/filestore/${TEMPLATE}_new" ] || cp -r "$DATA/filestore/${TEMPLATE}_new/." "$1.part/filestore"
    touch "$1.part/ready"
    rm -rf "$1"
    mv "$1.part" "$1"
}
