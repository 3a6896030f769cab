# Lint and tests. Sourced by bin/haerun.
# shellcheck shell=bash

# lint: every hook of .pre-commit-config.yaml over every file of the project.
lint() {
    git -c safe.directory='*' -C "$HERE" rev-parse --git-dir >/dev/null 2>&1 ||
        die "lint needs a git clone and this folder is none; clone the project, or run pytest by 'bin/haerun test PATH'."
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' \
        PRE_COMMIT_HOME=$LOCAL/pre-commit pre-commit run --all-files --color=never "$@"
}

# run_pytest ARGUMENT...: pytest's closing line is the last one printed.
run_pytest() {
    cd "$HERE" || exit 1
    rm -f "$LOCAL"/log/test*.log
    # no runner of background jobs: it would stay connected to the database
    ODOO_QUEUE_JOB_CHANNELS=root:0 HAERUN_TEMPLATE=$TEMPLATE HAERUN_TEST_DATABASE=$TESTDB HAERUN_DATA=$DATA \
        python -m pytest -p tests.strict -p tests.parallel --numprocesses=auto --dist=loadfile --no-loadscope-reorder \
        --odoo-http --odoo-config="$HERE/odoo.conf" --odoo-database="$TESTDB" --odoo-log-level=warn \
        --odoo-extra=logfile="$LOCAL/log/test.log" --odoo-extra=max-cron-threads=0 "$@" </dev/null
}
