#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A PostgreSQL of the tests' own, in a folder of their own: Unix socket only, UTF8, collation C, no shared memory of
# others. The server refuses to run as root, so then it runs as the user postgres or nobody.
#
#   postgres.sh start FOLDER    makes the folder if need be, starts, prints the DSN of database "fund"
#   postgres.sh create FOLDER NAME           makes another database, prints its DSN
#   postgres.sh stop FOLDER                  stops at once and removes the folder
#   postgres.sh kill FOLDER                  ends it by SIGQUIT, as a crash would; start brings it back
set -eu

command=${1:?start, create, stop or kill}
folder=${2:?folder}

bin=
for candidate in /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin /usr/local/bin /usr/bin; do
        if [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then
                bin=$candidate
                break
        fi
done
if [ -z "$bin" ]; then
        echo "postgres.sh: no PostgreSQL server is installed" >&2
        exit 77
fi

user=$(id -un)
if [ "$(id -u)" = 0 ]; then
        user=nobody
        if id postgres >/dev/null 2>&1; then
                user=postgres
        fi
fi
as_user() {
        if [ "$(id -u)" = 0 ]; then
                (cd / && runuser -u "$user" -- "$@")
        else
                "$@"
        fi
}
dsn() {
        echo "postgresql:///$1?host=$folder/socket&user=$user"
}

case "$command" in
start)
        mkdir -p "$folder"
        folder=$(cd "$folder" && pwd)
        if [ "$(id -u)" = 0 ]; then
                chown "$user" "$folder"
        fi
        chmod 711 "$folder"
        new=
        if [ ! -e "$folder/data/PG_VERSION" ]; then
                new=1
                as_user mkdir -p "$folder/socket"
                as_user "$bin/initdb" -D "$folder/data" --no-locale -E UTF8 -A trust -U "$user" --no-sync \
                        >"$folder.initdb" 2>&1 || { cat "$folder.initdb" >&2; exit 1; }
                rm -f "$folder.initdb"
        fi
        as_user "$bin/pg_ctl" -D "$folder/data" -s -w -t 60 -l "$folder/data/log" \
                -o "-c listen_addresses='' -c unix_socket_directories='$folder/socket' -c shared_buffers=32MB \
                    -c max_connections=60 -c dynamic_shared_memory_type=mmap" start >&2 </dev/null
        if [ -n "$new" ]; then
                as_user "$bin/createdb" -h "$folder/socket" -U "$user" fund
        fi
        dsn fund
        ;;
create)
        folder=$(cd "$folder" && pwd)
        as_user "$bin/createdb" -h "$folder/socket" -U "$user" "${3:?name}"
        dsn "$3"
        ;;
kill)
        folder=$(cd "$folder" && pwd)
        as_user "$bin/pg_ctl" -D "$folder/data" -s -w -m immediate stop >&2
        ;;
stop)
        if [ -d "$folder" ]; then
                folder=$(cd "$folder" && pwd)
                if [ -e "$folder/data/postmaster.pid" ]; then
                        as_user "$bin/pg_ctl" -D "$folder/data" -s -w -m immediate stop >&2
                fi
                rm -rf "$folder"
        fi
        ;;
*)
        echo "postgres.sh: start, create, stop or kill" >&2
        exit 2
        ;;
esac
