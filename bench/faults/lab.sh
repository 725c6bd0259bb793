# A lab of hosts on this machine, for `run` and `starved`: network namespaces on one bridge, with rules that drop
# packets, and a PostgreSQL on the host `db`. Sourced; expects the variables `lab` (a unique name), `root` (the
# repository), `work` (a directory for files), `pids` and, if nodes belong to one, `group` (the directory of a control
# group), and the function `fail`.
#
# A cut is a rule at the receiver, so that the sender's kernel does not report an error.

check_requirements() {
  [ "$(id -u)" = 0 ] || fail "network namespaces need root; run this as root or in a virtual machine."
  for tool in ip iptables nsenter setpriv curl; do
    command -v "$tool" >/dev/null ||
      fail "$tool is missing (Debian: apt-get install iproute2 iptables util-linux curl)."
  done
  id postgres >/dev/null 2>&1 || fail "the user postgres does not exist (Debian: apt-get install postgresql)."
  postgres=$(command -v pg_ctl || ls -d /usr/lib/postgresql/*/bin/pg_ctl 2>/dev/null | tail -n 1)
  [ -n "$postgres" ] || fail "PostgreSQL's server is missing (Debian: apt-get install postgresql)."
  postgres=$(dirname "$(readlink -f "$postgres")")
}

net=10.79.83
hosts=()

address() {
  local i
  for i in "${!hosts[@]}"; do
    [ "${hosts[$i]}" != "$1" ] || { echo "$net.$((i + 11))"; return; }
  done
  fail "there is no host $1"
}

space() { echo "$lab-$1"; }

# Runs a command on a host. It uses the host's network, but the files, clock and processes of this machine.
on() {
  local host=$1
  shift
  nsenter --net="/run/netns/$(space "$host")" "$@"
}

make_hosts() {
  local host i=0
  ip netns add "$(space switch)"
  ip -n "$(space switch)" link add bridge type bridge forward_delay 0
  ip -n "$(space switch)" link set bridge up
  for host in "$@"; do
    hosts+=("$host")
    i=$((i + 1))
    ip netns add "$(space "$host")"
    ip -n "$(space switch)" link add "port$i" type veth peer name eth0 netns "$(space "$host")"
    ip -n "$(space switch)" link set "port$i" master bridge up
    ip -n "$(space "$host")" link set lo up
    ip -n "$(space "$host")" address add "$(address "$host")/24" dev eth0
    ip -n "$(space "$host")" link set eth0 up
    on "$host" iptables -w -N CUT
    on "$host" iptables -w -I INPUT -j CUT
  done
}

# Drops packets from $1 at $2.
drop() { on "$2" iptables -w -A CUT -s "$(address "$1")" -j DROP; }

cut_between() {
  drop "$1" "$2"
  drop "$2" "$1"
}

heal_all() {
  local host
  for host in "${hosts[@]}"; do on "$host" iptables -w -F CUT; done
}

# Terminates the processes on the hosts, all of which were started by the run, and removes the hosts.
end_hosts() {
  local host pid signal
  for signal in CONT TERM KILL; do
    for host in "${hosts[@]}"; do
      for pid in $(ip netns pids "$(space "$host")" 2>/dev/null); do
        kill -s "$signal" "$pid" 2>/dev/null || true
      done
    done
    case $signal in TERM) await_end 10 ;; KILL) await_end 3 ;; esac
  done
  for host in "${hosts[@]}" switch; do
    ip netns delete "$(space "$host")" 2>/dev/null || true
  done
}

await_end() {
  local host left
  for ((left = $1 * 5; left > 0; left--)); do
    for host in "${hosts[@]}"; do
      [ -z "$(ip netns pids "$(space "$host")" 2>/dev/null)" ] || { sleep 0.2; continue 2; }
    done
    return 0
  done
}

# --- the database and the nodes ---

as_postgres() { on db setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }

start_database() {
  mkdir "$work/db"
  chown postgres "$work/db"
  (cd "$work/db" && as_postgres "$postgres/initdb" -A trust -U kith -D "$work/db/data" >"$work/initdb.log")
  {
    echo "listen_addresses = '$(address db)'"
    echo "unix_socket_directories = '$work/db'"
    echo "max_connections = 200"
  } >>"$work/db/data/postgresql.conf"
  echo "host all all $net.0/24 trust" >>"$work/db/data/pg_hba.conf"
  control_database start
  as_postgres "$postgres/createdb" -h "$(address db)" -U kith kith
}

control_database() {
  (cd "$work/db" && as_postgres "$postgres/pg_ctl" "$@" -w -s -D "$work/db/data" -l "$work/db/log")
}

start_node() {
  local own
  own=$(address "$1")
  # exec, so that the process id is that of the node, not of a shell
  (
    [ -z "${group:-}" ] || echo "$BASHPID" >"$group/cgroup.procs"
    export KITH_CLUSTER_HOST=$own KITH_DATABASE_URL="jdbc:postgresql://$(address db)/kith?user=kith&password=none"
    export KITH_JAVA_OPTIONS=${KITH_JAVA_OPTIONS:--Xmx512m}
    exec nsenter --net="/run/netns/$(space "$1")" "$root/kith" node --host "$own" --port 8080
  ) >>"$work/$1.log" 2>&1 7>&- &
  pids[$1]=$!
}
