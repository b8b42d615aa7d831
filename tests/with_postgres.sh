#!/usr/bin/env bash
# Runs a command with a PostgreSQL 15 of its own: tests/with_postgres.sh COMMAND...
# Makes a cluster in a temporary folder, tells the command by RANTAU_TEST_PG, always stops and removes it.
set -euo pipefail
[ $# -gt 0 ] || { sed -n '2,3p' "$0"; exit 2; }
bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
[ -x "$bin/initdb" ] || { echo "PostgreSQL 15 is not installed ($bin/initdb)" >&2; exit 1; }
place=$(mktemp -d -t rantau-pg-XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then  # the server refuses to run as root
  chown postgres "$place"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
stop() {
  (cd / && "${as[@]}" "$bin/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT TERM
(cd / && "${as[@]}" "$bin/initdb" -D "$place/data" -U rantau -A trust -E UTF8 --no-sync >"$place/log" 2>&1) || { cat "$place/log" >&2; exit 1; }
# A private cluster listens on its socket alone: the port is only a part of the socket's name.
(cd / && "${as[@]}" "$bin/pg_ctl" -D "$place/data" -w -t 60 -l "$place/data/server.log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$place' -c port=5432 -c fsync=off -c max_connections=200" start >/dev/null) ||
  { cat "$place/data/server.log" >&2; exit 1; }
(cd / && "${as[@]}" "$bin/createdb" -h "$place" -U rantau rantau)
RANTAU_TEST_PG="postgres://rantau@/rantau?host=$(printf %s "$place" | sed 's|/|%2F|g')" "$@"
