# A lab of hosts on this machine, for `run` and `starved`: network namespaces on one bridge, with rules that drop
# packets, and a PostgreSQL on the host `db`. Sourced; expects the variables `lab` (a unique name), `root` (the
# repository), `work` (a directory for files), `pids` and, if nodes belong to one, `group` (the directory of a control
# group), and the function `fail`.
#
# A cut is a rule at the receiver, so that the sender's kernel does not report an error.
#
# Optional parts: `make_disk` gives the database a small disk of its own, `check_clocks` lets the clock of each host be
# set, and `can_delay` is true if packets can be delayed. Variables for the nodes: `node_config`, a file for --config,
# and `programs`, by node, the checkout or installation that it runs if not this one; `database_connections`, the most
# connections to the database.

# What hosts need.
check_tools() {
  [ "$(id -u)" = 0 ] || fail "network namespaces need root; run this as root or in a virtual machine."
  for tool in ip iptables nsenter setpriv curl; do
    command -v "$tool" >/dev/null ||
      fail "$tool is missing (Debian: apt-get install iproute2 iptables util-linux curl)."
  done
}

check_requirements() {
  check_tools
  id postgres >/dev/null 2>&1 || fail "the user postgres does not exist (Debian: apt-get install postgresql)."
  postgres=$(command -v pg_ctl || ls -d /usr/lib/postgresql/*/bin/pg_ctl 2>/dev/null | tail -n 1)
  [ -n "$postgres" ] || fail "PostgreSQL's server is missing (Debian: apt-get install postgresql)."
  postgres=$(dirname "$(readlink -f "$postgres")")
}

net=10.79.83
hosts=()
started=()

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

# Removes the remains of killed runs: their names contain the ids of their processes.
remove_stale_labs() {
  local name pid left
  for name in $(ip netns list | awk '$1 ~ /^kith[0-9]+-/ { print $1 }'); do
    pid=${name#kith}
    ! kill -0 "${pid%%-*}" 2>/dev/null || continue
    for left in $(ip netns pids "$name" 2>/dev/null); do kill -9 "$left" 2>/dev/null || true; done
    ip netns delete "$name" 2>/dev/null || true
  done
  for name in /tmp/kith-faults.*; do
    pid=$(cat "$name/pid" 2>/dev/null) || continue
    kill -0 "$pid" 2>/dev/null || umount -l "$name/db" 2>/dev/null || true
  done
}

make_hosts() {
  local host i=0
  remove_stale_labs
  echo $$ >"$work/pid"
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

# Loses $2 percent of the packets that arrive at $1.
lose() {
  on "$1" iptables -w -A CUT -m statistic --mode random --probability "$(awk "BEGIN { print $2 / 100 }")" -j DROP
}

delayer=
delayed=

# Whether packets can be delayed: by the kernel's netem, or by the program `delay` and the kernel's packet queues.
can_delay() {
  on client tc qdisc add dev eth0 root netem delay 1ms 2>/dev/null && on client tc qdisc del dev eth0 root && return 0
  command -v python3 >/dev/null && on client iptables -w -t mangle -A PREROUTING -j NFQUEUE --queue-num 7 --queue-bypass &&
    on client iptables -w -t mangle -F PREROUTING
}

# Delays the packets at host $1 for $2 milliseconds and a random part of $3.
delay() {
  delayed=$1
  if on "$1" tc qdisc add dev eth0 root netem delay "$2ms" "$3ms" 2>/dev/null; then return 0; fi
  (exec nsenter --net="/run/netns/$(space "$1")" "$here/delay" 7 "$2" "$3") >>"$work/delay.log" 2>&1 7>&- &
  delayer=$!
  sleep 0.5
  kill -0 "$delayer" 2>/dev/null || fail "the program delay does not run: $(tail -n 1 "$work/delay.log")"
  on "$1" iptables -w -t mangle -A PREROUTING -i eth0 -j NFQUEUE --queue-num 7 --queue-bypass
}

end_delay() {
  [ -n "$delayed" ] || return 0
  on "$delayed" tc qdisc del dev eth0 root 2>/dev/null || on "$delayed" iptables -w -t mangle -F PREROUTING
  if [ -n "$delayer" ]; then
    kill "$delayer" 2>/dev/null || true
    wait "$delayer" 2>/dev/null || true
  fi
  delayed= delayer=
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
  # libfaketime leaves these behind when a process is killed
  if [ -n "$clock" ]; then
    for pid in "${started[@]}"; do rm -f "/dev/shm/faketime_shm_$pid" "/dev/shm/sem.faketime_sem_$pid"; done
  fi
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

# A standby (standby.sh) may replace the functions of this part, and add hosts to `database_hosts`.
database_hosts=(db)

# $clock is empty unless clocks can be set.
as_postgres() {
  # shellcheck disable=SC2046  # several variables
  on db setpriv --reuid=postgres --regid=postgres --clear-groups -- env ${clock:+$(clock_of db)} "$@"
}

database_url() { echo "jdbc:postgresql://$(address db)/kith?user=kith&password=none"; }

start_database() {
  mkdir -p "$work/db"
  chown postgres "$work/db"
  (cd "$work/db" && as_postgres "$postgres/initdb" -A trust -U kith -D "$work/db/data" >"$work/initdb.log")
  {
    echo "listen_addresses = '$(address db)'"
    echo "unix_socket_directories = '$work/db'"
    echo "max_connections = ${database_connections:-200}"
    [ -z "$disk" ] || echo "max_wal_size = 128MB"
  } >>"$work/db/data/postgresql.conf"
  echo "host all all $net.0/24 trust" >>"$work/db/data/pg_hba.conf"
  control_database start
  as_postgres "$postgres/createdb" -h "$(address db)" -U kith kith
}

control_database() {
  (cd "$work/db" && as_postgres "$postgres/pg_ctl" "$@" -w -s -D "$work/db/data" -l "$work/db/log") 7>&-
}

# Starts the database until it accepts connections: after a crash its former processes may not have ended yet.
restart_database() {
  local left=$((SECONDS + 300))
  until as_postgres "$postgres/pg_isready" -q -t 2 -h "$(address db)"; do
    control_database start >>"$work/pg_ctl.log" 2>&1 || true
    [ $SECONDS -lt $left ] || fail "PostgreSQL does not start any more; see $work/db/log."
    sleep 0.3
  done
}

# The first is the postmaster, the parent of the others.
database_processes() {
  head -n 1 "$work/db/data/postmaster.pid" 2>/dev/null || true
  ip netns pids "$(space db)"
}

signal_database() {
  local pid
  for pid in $(database_processes); do kill -s "$1" "$pid" 2>/dev/null || true; done
}

kill_database() {
  while [ -n "$(ip netns pids "$(space db)")" ]; do
    signal_database KILL
    sleep 0.1
  done
  # names a process that the system may not have buried yet; then PostgreSQL would not start
  rm -f "$work/db/data/postmaster.pid"
}

# --- the database's disk ---

disk=

# A file system of its own for the database, on a file if the kernel can, otherwise in memory.
make_disk() {
  mkdir -p "$work/db"
  if command -v mkfs.ext4 >/dev/null && truncate -s "$1M" "$work/disk" && mkfs.ext4 -q -m 0 "$work/disk" &&
    mount -o loop "$work/disk" "$work/db" 2>/dev/null; then
    rmdir "$work/db/lost+found"
  elif ! mount -t tmpfs -o "size=$1m" none "$work/db" 2>/dev/null; then
    return 1
  fi
  disk=$work/db
}

fill_disk() {
  local free
  free=$(df --output=avail -k "$disk" | tail -n 1)
  fallocate -l "$((free - 4096))K" "$disk/filler" 2>/dev/null || true
  dd if=/dev/zero of="$disk/filler2" bs=64K 2>/dev/null || true
  dd if=/dev/zero of="$disk/filler3" bs=1K 2>/dev/null || true
  sync -f "$disk"
}

free_disk() { rm -f "$disk"/filler*; }

remove_disk() {
  [ -n "$disk" ] || return 0
  umount "$disk" 2>/dev/null || umount -l "$disk" 2>/dev/null || true
  disk=
}

# --- clocks ---

clock=

# Debian's package faketime. Fails if it does not work with this Java.
check_clocks() {
  clock=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1)
  [ -n "$clock" ] || return 1
  local host
  for host in "${hosts[@]}"; do set_clock "$host" +0; done
}

# Moves the clock of host $1 by $2 seconds. Only the time of day moves, as when a clock is set: not the clock that Java
# and PostgreSQL measure periods with.
set_clock() { echo "$2" >"$work/clock-$1"; }

# Without the last setting, all of Java's waits end at once or never when the offset is not 0.
clock_of() {
  echo "LD_PRELOAD=$clock FAKETIME_TIMESTAMP_FILE=$work/clock-$1 FAKETIME_CACHE_DURATION=1" \
    "FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0"
}

# Nodes start with the cache of classes and profiles that the first start in a checkout trains, as those of a package do.
train_node() {
  local cache=$root/node/target/kith.aot trainer
  [ ! -e "$cache" ] || return 0
  echo "training the cache with which nodes start; this takes two minutes"
  "$root/kith" node --host 127.0.0.1 --port 0 --data "$work/training" >"$work/training.log" 2>&1 &
  trainer=$!
  until [ -e "$cache" ]; do
    kill -0 "$trainer" 2>/dev/null || fail "the node that trains the cache has ended; see $work/training.log"
    sleep 1
  done
  kill -TERM "$trainer"
  wait "$trainer" || true
}

declare -A programs

start_node() {
  local own
  own=$(address "$1")
  # exec, so that the process id is that of the node, not of a shell
  (
    [ -z "${group:-}" ] || echo "$BASHPID" >"$group/cgroup.procs"
    export KITH_CLUSTER_HOST=$own KITH_DATABASE_URL=$(database_url)
    export KITH_JAVA_OPTIONS=${node_java_options:-${KITH_JAVA_OPTIONS:--Xmx512m}} KITH_TRAINING=no
    # shellcheck disable=SC2046  # several variables
    exec nsenter --net="/run/netns/$(space "$1")" env ${clock:+$(clock_of "$1")} \
      "${programs[$1]:-$root}/kith" node ${node_config:+--config "$node_config"} --host "$own" --port 8080
  ) >>"$work/$1.log" 2>&1 7>&- &
  pids[$1]=$!
  started+=($!)
}
