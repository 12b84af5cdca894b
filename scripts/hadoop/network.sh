# Addresses of hosts. Without root, each host is a name for an address of the loopback device; with --netns, a network
# namespace with a device of its own, all of them on one bridge, which this machine is on, too.
# shellcheck shell=bash disable=SC2154

# Finds a network that nobody uses, starting from a number that the folder decides. Sets number, network, ports_above.
choose_network() {
  local start tried prefix=127.77
  if [[ $netns == yes ]]; then
    prefix=10.77
  fi
  start=$(cksum <<< "$folder" | cut -d ' ' -f 1)
  for ((tried = 0; tried < 250; tried++)); do
    number=$(((start + tried) % 250 + 1))
    network=$prefix.$number
    if [[ $netns == yes ]]; then
      ports_above=0
      if ! ip -o -4 address show | grep -q " 10\.77\.$number\." && [[ ! -e /run/netns/$(namespace master) && ! -e /sys/class/net/millrace$number ]]; then
        return
      fi
    elif ! is_cluster "$network"; then
      choose_ports
      return
    fi
  done
  die 1 "Cannot find a free network $prefix.1 to $prefix.250: are there so many clusters?"
}

# Whether another cluster is there: what listens on all addresses also listens where no cluster can be.
is_cluster() {
  local above
  for above in 0 10000 20000; do
    if is_open "$1.1" $((8020 + above)) && ! is_open 127.77.255.1 $((8020 + above)); then
      return 0
    fi
  done
  return 1
}

# Where the cluster finds this machine.
client_address() {
  if [[ $netns == yes ]]; then
    say "$network.254"
  else
    say 127.0.0.1
  fi
}

# Programs that listen on all addresses may have Hadoop's usual ports.
choose_ports() {
  local taken=""
  for ports_above in 0 10000 20000; do
    taken=$(taken_port)
    if [[ -z $taken ]]; then
      if ((ports_above > 0)); then
        say "Some of Hadoop's usual ports are taken; those of this cluster are higher by $ports_above."
      fi
      return
    fi
  done
  die 1 "Cannot use port $taken of this machine: another program listens on it, and also on ports of the other ranges that were tried. End it, or use --netns as root."
}

taken_port() {
  local name host number
  for name in $master_ports; do
    number=$(port "$name")
    if is_open "$network.1" "$number"; then
      say "$number"
      return
    fi
  done
  for host in $(worker_names); do
    for name in $worker_ports; do
      number=$(port_on "$host" "$name")
      if is_open "$network.$(last_byte "$host")" "$number"; then
        say "$number"
        return
      fi
    done
  done
}

# Whether something listens. Where packets are dropped, no answer comes.
is_open() {
  # shellcheck disable=SC2016 # $0 and $1 are the inner shell's
  timeout 1 bash -c 'exec 3<> "/dev/tcp/$0/$1"' "$1" "$2" 2> /dev/null
}

namespace() {
  say "millrace-$number-$1"
}

require_namespaces() {
  if ((EUID != 0)); then
    die 1 "--netns needs root: it makes network namespaces. Start as root (sudo $me start --netns), or use another --folder without --netns."
  fi
  if ! command -v ip > /dev/null; then
    die 1 "--netns needs the command ip. Install it (Debian, Ubuntu: apt-get install iproute2), or use another --folder without --netns."
  fi
  if ! command -v unshare > /dev/null; then
    die 1 "--netns needs the command unshare. Install it (Debian, Ubuntu: apt-get install util-linux), or use another --folder without --netns."
  fi
}

# Whether this cluster has a network. Its number alone is no sign: once it was stopped, another may have taken that.
network_exists() {
  [[ -n ${number:-} && $(cat "/sys/class/net/millrace$number/ifalias" 2> /dev/null) == "$(network_owner)" ]]
}

network_owner() {
  # no longer than the kernel takes
  say "${folder:${#folder}>200?-200:0}"
}

# Safe to run on a network that is there, or there in part.
build_network() {
  local host master
  master=$(namespace master)
  if [[ ! -e /run/netns/$master ]]; then
    # this machine's end, and the mark by which all is removed, also where this is cut short; it goes when the namespace goes
    ip link add "millrace$number" type veth peer name "millrace$number-o" 2> "$folder/network.log" || die 1 "Cannot make a network device: $(cat "$folder/network.log"). In a container, it needs the right to do so (docker run --privileged)."
    ip link set "millrace$number" alias "$(network_owner)"
    ip netns add "$master" 2> "$folder/network.log" || die 1 "Cannot make a network namespace: $(cat "$folder/network.log"). In a container, it needs the right to do so (docker run --privileged)."
    ip -n "$master" link set lo up
    ip -n "$master" link add bridge type bridge
    ip -n "$master" address add "$network.1/24" dev bridge
    ip -n "$master" link set bridge up
    ip link set "millrace$number-o" netns "$master" name outside
    ip -n "$master" link set outside master bridge up
    ip address add "$network.254/24" dev "millrace$number"
    ip link set "millrace$number" up
  fi
  for host in $(worker_names); do
    connect_host "$host"
  done
}

# Makes a worker's namespace, or plugs its cable in again.
connect_host() {
  local space master
  space=$(namespace "$1")
  master=$(namespace master)
  if [[ ! -e /run/netns/$space ]]; then
    ip netns add "$space"
    ip -n "$space" link set lo up
    ip -n "$master" link add "$1" type veth peer name eth0 netns "$space"
    ip -n "$master" link set "$1" master bridge up
    ip -n "$space" address add "$network.$(last_byte "$1")/24" dev eth0
  fi
  ip -n "$space" link set eth0 up
}

# From now on nothing reaches the host, and nobody hears that its connections are closed.
unplug_host() {
  ip -n "$(namespace "$1")" link set eth0 down
}

remove_network() {
  local host
  network_exists || return 0
  for host in $(hosts); do
    if [[ -e /run/netns/$(namespace "$host") ]]; then
      ip netns delete "$(namespace "$host")"
    fi
  done
  # the kernel takes it down after the namespace, a moment later
  ip link delete "millrace$number" 2> /dev/null || true
}

# Becomes the program, on a host.
exec_on() {
  local host=$1
  shift
  if [[ $netns == yes ]]; then
    # shellcheck disable=SC2016 # $0 and $@ are the inner shell's
    exec ip netns exec "$(namespace "$host")" unshare --uts \
      sh -c 'echo "$0" > /proc/sys/kernel/hostname; exec "$@"' "$host" "$@"
  fi
  exec "$@"
}
