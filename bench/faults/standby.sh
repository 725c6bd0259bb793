# A primary and its synchronous standby on two hosts of the lab, and the fault of a promotion. Sourced after lab.sh, of
# which it replaces the functions for one database.

database_hosts=(db db2)

database_url() { echo "jdbc:postgresql://$(address db):5432,$(address db2):5432/kith?user=kith&password=none"; }

start_database() { start_standby_pair; }

# The standby is promoted, because the primary was killed, because it hangs, or while it runs. Later the former primary
# comes back as it was, and then becomes the standby.
fault_standby() {
  local former other=db
  former=$(primary_of_pair)
  [ "$former" != db ] || other=db2
  one_of killed frozen running
  fault "standby: the standby is promoted, the former primary is $chosen"
  case $chosen in
    killed) kill_server "$former" ;;
    frozen) freeze_server "$former" ;;
  esac
  promote_server "$other"
  sleep 8
  note "the former primary comes back as it was"
  case $chosen in
    killed) start_server "$former" ;;
    frozen) thaw_server "$former" ;;
  esac
  sleep 5
  server_control "$former" stop -m immediate
  follow_server "$former" "$other"
  start_server "$former"
  wait_for_standby "$other"
  note "the former primary is the standby"
}

as_server() {
  local host=$1
  shift
  on "$host" setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
}

server_control() {
  local host=$1
  shift
  (cd "$work/$host" && as_server "$host" "$postgres/pg_ctl" "$@" -w -t 120 -s -D "$work/$host/data" -l "$work/$host/log") 7>&-
}

start_server() { server_control "$1" start; }

# The synchronous standby exists before the first commit of a node.
start_standby_pair() {
  local host
  for host in db db2; do
    mkdir "$work/$host"
    chown postgres "$work/$host"
  done
  (cd "$work/db" && as_server db "$postgres/initdb" -A trust -U kith -D "$work/db/data" >"$work/initdb.log")
  printf 'host all all %s.0/24 trust\nhost replication kith %s.0/24 trust\n' "$net" "$net" >>"$work/db/data/pg_hba.conf"
  server_settings db "synchronous_standby_names = ''"
  start_server db
  as_server db "$postgres/createdb" -h "$(address db)" -U kith kith
  copy_server db db2
  start_server db2
  wait_for_standby db
}

# Writes the settings of a server; the last line of a repeated setting counts.
server_settings() {
  local host=$1
  shift
  {
    echo "listen_addresses = '$(address "$host")'"
    echo "unix_socket_directories = '$work/$host'"
    echo "max_connections = 200"
    echo "wal_log_hints = on"
    echo "wal_keep_size = 1GB"
    printf '%s\n' "$@"
  } >>"$work/$host/data/postgresql.conf"
}

# Makes $2 a copy of $1 that follows it.
copy_server() {
  rm -rf "$work/$2/data"
  (cd "$work/$2" && as_server "$2" "$postgres/pg_basebackup" -h "$(address "$1")" -U kith -D "$work/$2/data" -X stream -c fast)
  follow_server "$2" "$1"
}

# Makes the files of $1, which does not run, a standby of $2. A former primary is rewound to where $2 left its log.
follow_server() {
  local ahead
  ahead=$(as_server "$2" "$postgres/psql" -XAt -h "$(address "$2")" -U kith kith -c \
    "SELECT NOT pg_is_in_recovery() AND ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int > 1")
  if [ "$ahead" = t ] && [ ! -e "$work/$1/data/standby.signal" ]; then
    # before the first checkpoint of its timeline, pg_rewind takes it for a server of the former one
    server_sql "$2" CHECKPOINT >/dev/null
    (cd "$work/$1" && as_server "$1" "$postgres/pg_rewind" -D "$work/$1/data" \
      --source-server="host=$(address "$2") user=kith dbname=kith" >>"$work/$1/log" 2>&1) || { copy_server "$2" "$1"; return; }
  fi
  server_settings "$1" "synchronous_standby_names = ''" "primary_conninfo = 'host=$(address "$2") user=kith'"
  as_server "$1" touch "$work/$1/data/standby.signal"
}

# From now on, commits of $1 wait for its standby.
wait_for_standby() {
  local left
  for ((left = 600; left > 0; left--)); do
    [ "$(server_sql "$1" "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")" != 1 ] || break
    sleep 0.1
  done
  [ "$left" -gt 0 ] || fail "the standby of $1 does not follow it; see $work."
  server_settings "$1" "synchronous_standby_names = '*'"
  server_control "$1" reload
}

# A promoted server has no standby, and waits for none.
promote_server() { server_control "$1" promote; }

server_sql() { as_server "$1" "$postgres/psql" -XAt -h "$(address "$1")" -U kith kith -c "$2"; }

server_processes() {
  local first
  first=$(head -n 1 "$work/$1/data/postmaster.pid")
  echo "$first" $(ps -o pid= --ppid "$first")
}

kill_server() { kill -KILL $(server_processes "$1"); }
freeze_server() { kill -STOP $(server_processes "$1"); }
thaw_server() { kill -CONT $(server_processes "$1"); }

primary_of_pair() {
  local host timeline best=0 primary=
  for host in db db2; do
    timeline=$(PGCONNECT_TIMEOUT=3 timeout 5 nsenter --net="/run/netns/$(space "$host")" "$postgres/psql" -XAt -h "$(address "$host")" -U kith kith -c \
      "SELECT CASE WHEN pg_is_in_recovery() THEN 0 ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END" 2>/dev/null || echo 0)
    [ "$timeline" -le "$best" ] || { best=$timeline primary=$host; }
  done
  [ -n "$primary" ] || fail "no server of the pair is a primary."
  echo "$primary"
}
