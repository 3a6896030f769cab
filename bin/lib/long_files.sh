#!/usr/bin/env bash
# long_files.sh FILE...: names the files with more than 600 lines; fails if any.
wc -l "$@" | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines"; long = 1 } END { exit long }'
