# Daemons: started, watched, ended. A process is ended only where its id and its start time are those that were noted.
# shellcheck shell=bash disable=SC2154

daemons_of() {
  case $1 in
    master) say "namenode resourcemanager historyserver" ;;
    *) say "datanode nodemanager" ;;
  esac
}

# Daemons that a host has only while somebody wants them: once started, until they are stopped.
guests_of() {
  if [[ $1 == master && -f $folder/master/oozie.pid ]]; then
    say oozie
  fi
}

log_of() {
  say "$folder/$1/logs/$2.log"
}

# When a process started, in the kernel's ticks: with the id, it names one process until the machine starts again.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2> /dev/null) || return 1
  # behind the name, which may hold blanks and brackets
  stat=${stat##*) }
  # one that has ended, but which nobody has asked for its exit code
  [[ $stat != [ZX]* ]] || return 1
  cut -d ' ' -f 20 <<< "$stat"
}

# The id of a daemon's process, where it runs.
id_of() {
  local id noted
  read -r id noted 2> /dev/null < "$folder/$1/$2.pid" || return 1
  [[ $(start_time "$id") == "$noted" ]] || return 1
  say "$id"
}

# Lines "host daemon" of what runs, or does not, of the cluster itself or of its guests.
running() {
  list_daemons yes daemons_of
}

not_running() {
  list_daemons no daemons_of
}

guests() {
  list_daemons yes guests_of
}

# list_daemons yes|no FUNCTION: those that a function names for the hosts, and that run or do not
list_daemons() {
  local host daemon answer
  for host in $(hosts); do
    for daemon in $("$2" "$host"); do
      answer=no
      if id_of "$host" "$daemon" > /dev/null; then
        answer=yes
      fi
      if [[ $answer == "$1" ]]; then
        say "$host $daemon"
      fi
    done
  done
}

format_namenode() {
  [[ ! -d $folder/master/data/name/current ]] || return 0
  local log
  log=$(log_of master format)
  if ! (run_java master "$lib" -Xmx128m org.apache.hadoop.hdfs.server.namenode.NameNode -format -nonInteractive) > "$log" 2>&1; then
    tail -n 20 "$log" >&2
    die 1 "Cannot format HDFS; the log: $log"
  fi
}

# run_java HOST JARS OPTION… CLASS ARGUMENT…: becomes Java, on a host, with its configuration and the jars of a folder
run_java() {
  local host=$1 jars=$2
  shift 2
  export HADOOP_CONF_DIR=$folder/$host/conf
  # shellcheck disable=SC2046 # several options
  exec_on "$host" setsid "$java" $(java_options) -Xss512k -Dhadoop.log.dir="$folder/$host/logs" -Dyarn.log.dir="$folder/$host/logs" \
    -cp "$HADOOP_CONF_DIR:$jars/*" "$@"
}

start_daemon() {
  local host=$1 daemon=$2 heap class
  if id_of "$host" "$daemon" > /dev/null; then
    return
  fi
  case $daemon in
    namenode) heap=256m class=org.apache.hadoop.hdfs.server.namenode.NameNode ;;
    resourcemanager) heap=256m class=org.apache.hadoop.yarn.server.resourcemanager.ResourceManager ;;
    historyserver) heap=192m class=org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer ;;
    datanode) heap=160m class=org.apache.hadoop.hdfs.server.datanode.DataNode ;;
    nodemanager) heap=192m class=org.apache.hadoop.yarn.server.nodemanager.NodeManager ;;
  esac
  run_in_background "$host" "$daemon" "$lib" "-Xmx$heap" "$class"
}

# run_in_background HOST DAEMON JARS OPTION… CLASS: starts it, with a log and a file that names its process
run_in_background() {
  local host=$1 daemon=$2 log id
  shift 2
  log=$(log_of "$host" "$daemon")
  if [[ -f $log ]]; then
    mv "$log" "$log.1"
  fi
  # of an earlier one, which would count as dead
  rm -f "$folder/$host/$daemon.pid"
  (
    exec > "$log" 2>&1 < /dev/null
    close_files
    cd "$folder/$host"
    id=$BASHPID
    printf '%s %s\n' "$id" "$(start_time "$id")" > "$daemon.pid"
    run_java "$host" "$@"
  ) &
  disown
}

# Closes what this process has from whoever started it: a lock, say, would be held as long as a daemon lives.
close_files() {
  local file
  for file in /proc/"$BASHPID"/fd/*; do
    file=${file##*/}
    if ((file > 2 && file != 255)); then
      eval "exec $file>&-"
    fi
  done
}

# wait_until_up HOST…: until HDFS and YARN know these workers, and can be used
wait_until_up() {
  local end=$((SECONDS + 180))
  while ((SECONDS < end)); do
    missing=$(what_is_missing "$@")
    if [[ -z $missing ]]; then
      return
    fi
    if [[ -n $(dead master "$@") ]]; then
      return 1
    fi
    sleep 0.3
  done
  return 1
}

what_is_missing() {
  local host page
  for host in "$@"; do
    # a log begins with its daemon: what the master believes may be of an earlier one
    grep -q 'successfully registered with NN' "$(log_of "$host" datanode)" || say "the DataNode of $host"
    grep -q 'Registered with ResourceManager' "$(log_of "$host" nodemanager)" || say "the NodeManager of $host"
  done 2> /dev/null
  page=$(get namenode.web '/jmx?qry=Hadoop:service=NameNode,name=NameNodeInfo')
  if [[ $page != *'"Safemode" : ""'* ]]; then
    say "the NameNode out of safe mode"
  fi
  [[ $(get resourcemanager.web /ws/v1/cluster/info) == *STARTED* ]] || say "the ResourceManager"
  [[ $(get historyserver.web /ws/v1/history/info) == *hadoopVersion* ]] || say "the JobHistoryServer"
}

# get PORT PATH: a page of the master's, without curl, which is not everywhere
get() {
  (
    exec 2> /dev/null 3<> "/dev/tcp/$network.1/$(port "$1")" || exit 0
    printf 'GET %s HTTP/1.0\r\nHost: master\r\nAccept: application/json\r\n\r\n' "$2" >&3
    timeout 5 cat <&3
  ) || true
}

# dead HOST…: daemons of these hosts that were started and are dead, once they have noted their id
dead() {
  local host daemon
  while read -r host daemon; do
    if [[ -s $folder/$host/$daemon.pid && " $* " == *" $host "* ]]; then
      say "$host $daemon"
    fi
  done < <(not_running)
}

# say_why_not_up HOST…
say_why_not_up() {
  local host daemon
  {
    while read -r host daemon; do
      printf '\n%s of %s died. The end of %s:\n' "$daemon" "$host" "$(log_of "$host" "$daemon")"
      tail -n 20 "$(log_of "$host" "$daemon")" || true
    done < <(dead master "$@")
    if [[ -z $(dead master "$@") ]]; then
      printf 'After 3 minutes these are still missing:\n%s\nLogs: %s\n' "$missing" "$folder/*/logs"
    fi
  } >&2
}

# Ids of containers' processes of a host: they work in its folder, and YARN has named their container to them.
containers_of() {
  local process id
  for process in /proc/[0-9]*; do
    id=${process#/proc/}
    if [[ $(readlink "$process/cwd" 2> /dev/null) == "$folder/$1/data/local/"* ]] \
      && grep -qz '^CONTAINER_ID=' "$process/environ" 2> /dev/null; then
      say "$id"
    fi
  done
}

# kill_containers HOST
kill_containers() {
  local ids
  # what is being started while we look is found the next time
  while ids=$(containers_of "$1") && [[ -n $ids ]]; do
    # shellcheck disable=SC2086 # several ids
    kill -KILL $ids 2> /dev/null || true
    sleep 0.05
  done
}

# As a power cut would: no word to anybody.
crash_host() {
  local daemon id
  if [[ $netns == yes ]]; then
    unplug_host "$1"
  fi
  for daemon in nodemanager datanode; do
    if id=$(id_of "$1" "$daemon"); then
      kill -KILL "$id" 2> /dev/null || true
    fi
    rm -f "$folder/$1/$daemon.pid"
  done
  kill_containers "$1"
}

# end_daemons FUNCTION: ends those that a function lists; whatever has not ended after 10 s is killed
end_daemons() {
  local host daemon id i signalled
  signalled=$("$1")
  # workers first: they end their containers
  while read -r host daemon; do
    if id=$(id_of "$host" "$daemon"); then
      kill "$id" 2> /dev/null || true
    fi
  done < <(sort -r <<< "$signalled")
  for ((i = 0; i < 100; i++)); do
    [[ -n $("$1") ]] || break
    sleep 0.1
  done
  while read -r host daemon; do
    if id=$(id_of "$host" "$daemon"); then
      kill -KILL "$id" 2> /dev/null || true
    fi
  done <<< "$signalled"
}

stop_all() {
  local host
  # before what it works with: it would take the end of a cluster for failures of its jobs
  end_daemons guests
  end_daemons running
  for host in $(hosts); do
    kill_containers "$host"
    rm -f "$folder/$host"/*.pid
  done
  remove_network
}
