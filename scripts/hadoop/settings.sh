# What a cluster is like: chosen by `start`, kept in its folder, written into Hadoop's configuration.
# shellcheck shell=bash disable=SC2154

default_folder=${XDG_STATE_HOME:-$HOME/.local/state}/millrace/cluster
declare -A wanted=()
# what the environment has of these names is no setting
unset workers memory block_size replication netns version number ports_above network smtp mail_from

check_folder() {
  # both are written into Hadoop's configuration, where blanks and commas have a meaning
  if [[ ! $here =~ ^[A-Za-z0-9/._+@=-]+$ ]]; then
    die 2 "Cannot run from $here: blanks and special signs in the path of the scripts are no good for Hadoop's configuration. Move the repository."
  fi
  folder=$(realpath -m -- "$folder")
  if [[ ! $folder =~ ^[A-Za-z0-9/._+@=-]+$ ]]; then
    die 2 "Cannot use folder: $folder. Blanks and special signs are no good here; choose another with --folder"
  fi
}

# One command at a time changes a cluster.
lock_folder() {
  local lock=$folder.lock
  mkdir -p "$(dirname "$folder")"
  while true; do
    exec 9> "$lock"
    if ! flock -n 9; then
      say "Waiting for another command on the cluster in $folder …"
      flock 9
    fi
    # whoever had it may have deleted the file that we waited for
    if [[ $lock -ef /proc/$$/fd/9 ]]; then
      break
    fi
  done
  trap 'rm -f "$folder.lock"' EXIT
}

load_settings() {
  [[ -f $folder/settings ]] || return 1
  # shellcheck disable=SC1091
  source "$folder/settings"
}

save_settings() {
  local name
  for name in workers memory block_size replication netns version number ports_above network smtp mail_from; do
    printf '%s=%s\n' "$name" "${!name:-}"
  done > "$folder/settings.new"
  mv "$folder/settings.new" "$folder/settings"
}

# Takes what the options say, else what the cluster had, else defaults.
choose_settings() {
  local old_workers=${workers:-0} old_version=${version:-}
  # before the options count: a cluster that runs stays as it is
  if ((old_workers > 0)) && [[ -n $(running) ]]; then
    warn_of_changed_options
  fi
  workers=${wanted[workers]:-${workers:-4}}
  memory=${wanted[memory]:-${memory:-2048}}
  block_size=${wanted[block_size]:-${block_size:-8m}}
  replication=${wanted[replication]:-${replication:-2}}
  netns=${wanted[netns]:-${netns:-no}}
  version=${wanted[hadoop]:-${version:-$(built_with)}}
  require_number --workers "$workers" 1 200
  require_number --memory "$memory" 512 1048576
  require_number --replication "$replication" 1 200
  block_size=$(bytes_of "$block_size")
  [[ $version =~ ^[0-9][A-Za-z0-9.-]*$ ]] || die 2 "Cannot read --hadoop: $version. Expected a version such as 3.4.3"
  if ((replication > workers)); then
    if [[ -n ${wanted[replication]:-} ]]; then
      die 2 "Cannot keep $replication copies of a block on $workers workers: --replication may be at most $workers"
    fi
    replication=$workers
  fi
  if ((workers < old_workers)); then
    die 2 "Cannot start with $workers workers: the cluster in $folder has $old_workers, and their blocks would be lost. Destroy it first, or choose another --folder"
  fi
  if [[ -n $old_version && $version != "$old_version" ]]; then
    die 2 "Cannot start with Hadoop $version: the cluster in $folder was made by $old_version. Destroy it first, or choose another --folder"
  fi
}

# Ends this command where an option asks for something else than what runs.
warn_of_changed_options() {
  local -A now=([workers]=$workers [memory]=$memory [block_size]=$block_size [replication]=$replication [netns]=$netns [hadoop]=$version)
  local name value
  for name in "${!wanted[@]}"; do
    value=${wanted[$name]}
    if [[ $name == block_size ]]; then
      value=$(bytes_of "$value")
    fi
    if [[ ${now[$name]} != "$value" ]]; then
      die 2 "Cannot change --${name//_/-} from ${now[$name]} to $value while the cluster runs. Stop it first:  $me stop"
    fi
  done
}

require_number() {
  if [[ ! $2 =~ ^[1-9][0-9]{0,7}$ ]] || (($2 < $3 || $2 > $4)); then
    die 2 "Cannot read $1: $2. Expected a whole number from $3 to $4"
  fi
}

# 8m -> 8388608
bytes_of() {
  if [[ ! $1 =~ ^([1-9][0-9]{0,9})([kKmMgG]?)$ ]]; then
    die 2 "Cannot read --block-size: $1. Expected a size such as 512k or 8m"
  fi
  local bytes=${BASH_REMATCH[1]}
  case ${BASH_REMATCH[2]} in
    k | K) bytes=$((bytes << 10)) ;;
    m | M) bytes=$((bytes << 20)) ;;
    g | G) bytes=$((bytes << 30)) ;;
  esac
  if ((bytes < 1024 || bytes % 512 != 0)); then
    die 2 "Cannot use --block-size: $1. HDFS needs a multiple of 512 bytes, 1k at least"
  fi
  printf '%s\n' "$bytes"
}

# The version of Hadoop that Millrace is built with.
built_with() {
  sed -n 's:.*<hadoop.version>\(.*\)</hadoop.version>.*:\1:p' "$here/../pom.xml"
}

require_linux() {
  if [[ $(uname -s) != Linux ]]; then
    die 1 "This needs Linux: on this machine ($(uname -s)) hosts cannot have addresses of their own. Without a cluster, scripts/millrace runs everything in one process."
  fi
}

require_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java || true)
    if [[ -n $java ]]; then
      java=$(readlink -f "$java")
    fi
  fi
  if [[ -z $java ]] || ! command -v "$java" > /dev/null; then
    die 1 "Java is not found. Install a JDK 17 (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless), or set JAVA_HOME."
  fi
  JAVA_HOME=$(dirname "$(dirname "$java")")
  export JAVA_HOME
  local release
  release=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.specification.version = //p' || true)
  if [[ ! $release =~ ^[0-9]+$ ]] || ((release < 17)); then
    die 1 "Java ${release:-of unknown version} is too old: $java. Hadoop needs 17: install a JDK 17, or set JAVA_HOME."
  fi
  if ((release > 21)); then
    say "Java $release: Hadoop is made for 17. Where daemons die, set JAVA_HOME to a JDK 17." >&2
  fi
}

# Hadoop's jars. Sets `lib`.
require_jars() {
  lib=$hadoop/target/$version/lib
  fetch_jars "Hadoop $version" "$hadoop" "$lib"
}

# fetch_jars WHAT POM_FOLDER LIB: has Maven put the jars that a pom names into a folder, unless they are there
fetch_jars() {
  local what=$1 pom=$2 target=$3
  [[ ! -d $target ]] || return 0
  if ! command -v mvn > /dev/null; then
    die 1 "Maven is not found. Install it (Debian, Ubuntu: apt-get install maven); it fetches the jars of $what."
  fi
  say "Fetching $what …" >&2
  local log part=$target.$$
  log=$(dirname "$target")/maven.log
  mkdir -p "$(dirname "$target")"
  if ! (cd "$pom" && mvn -B -ntp -f pom.xml -Dhadoop.version="$version" -Dlib="$part" package) > "$log" 2>&1; then
    rm -rf "$part"
    grep -E '^\[ERROR\]' "$log" | head -n 8 >&2 || tail -n 8 "$log" >&2
    die 1 "Maven cannot fetch $what; its log: $log"
  fi
  mv -T "$part" "$target" 2> /dev/null || rm -rf "$part"
}

worker_names() {
  seq -s ' ' -f 'w%g' 1 "$workers"
}

worker_count() {
  if ((workers == 1)); then
    say "1 worker"
  else
    say "$workers workers"
  fi
}

hosts() {
  say "master $(worker_names)"
}

# The number of a host in its network: workers are 11, 12 …
last_byte() {
  case $1 in
    master) say 1 ;;
    w*) say $((10 + ${1#w})) ;;
    *) say 254 ;;
  esac
}

# Ports as Hadoop has them by default; above them where one was taken.
port() {
  local number
  case $1 in
    namenode) number=8020 ;;
    namenode.web) number=9870 ;;
    datanode) number=9866 ;;
    datanode.web) number=9864 ;;
    datanode.rpc) number=9867 ;;
    resourcemanager) number=8032 ;;
    resourcemanager.scheduler) number=8030 ;;
    resourcemanager.tracker) number=8031 ;;
    resourcemanager.admin) number=8033 ;;
    resourcemanager.web) number=8088 ;;
    nodemanager) number=8041 ;;
    nodemanager.localizer) number=8040 ;;
    nodemanager.web) number=8042 ;;
    nodemanager.collector) number=8048 ;;
    historyserver) number=10020 ;;
    historyserver.web) number=19888 ;;
    historyserver.admin) number=10033 ;;
    oozie.web) number=11000 ;;
  esac
  say $((number + ports_above))
}

master_ports="namenode namenode.web resourcemanager resourcemanager.scheduler resourcemanager.tracker resourcemanager.admin
  resourcemanager.web historyserver historyserver.web historyserver.admin oozie.web"
worker_ports="datanode datanode.web datanode.rpc nodemanager nodemanager.localizer nodemanager.web nodemanager.collector"

# The port of a worker. HDFS tells DataNodes that call from one address, as they do without namespaces, by their port.
port_on() {
  local number
  number=$(port "$2")
  if [[ $netns == no && $2 == datanode* && $1 == w* ]]; then
    number=$((number + 10 * ${1#w}))
  fi
  say "$number"
}

# Options of every JVM of the cluster, tasks too: names of hosts come from a file, so that nobody need edit /etc/hosts.
java_options() {
  # 3.4 asks for what 17 keeps closed
  say "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true -Djdk.net.hosts.file=$folder/hosts --add-opens=java.base/java.lang=ALL-UNNAMED"
}

write_configuration() {
  local host i
  {
    say "127.0.0.1 localhost"
    for host in $(hosts); do
      say "$network.$(last_byte "$host") $host"
    done
    # whoever starts jobs; tasks may call back
    say "$(client_address) $(uname -n)"
  } > "$folder/hosts.new"
  # what runs reads it at any time
  mv "$folder/hosts.new" "$folder/hosts"
  for ((i = 1; i <= workers; i++)); do
    # two hosts a rack
    say "w$i /rack$(((i + 1) / 2))"
    if [[ $netns == yes ]]; then
      say "$network.$((10 + i)) /rack$(((i + 1) / 2))"
    fi
  done > "$folder/racks"
  for host in $(hosts); do
    mkdir -p "$folder/$host"/{conf,data,logs}
    write_configuration_of "$host" "$folder/$host/conf"
  done
  mkdir -p "$folder/conf"
  write_configuration_of client "$folder/conf"
}

write_configuration_of() {
  local template
  for template in "$hadoop"/conf/*; do
    fill_in "$1" "$template" "$2/$(basename "$template")"
  done
}

# fill_in HOST TEMPLATE FILE NAME=VALUE…: writes a template's file for a host, with values in the place of @names@
fill_in() {
  local host=$1 template=$2 target=$3 name replace=()
  shift 3
  for name in "$@"; do
    replace+=(-e "s|@${name%%=*}@|${name#*=}|g")
  done
  for name in $master_ports; do
    replace+=(-e "s|@port.$name@|$(port "$name")|g")
  done
  for name in $worker_ports; do
    replace+=(-e "s|@port.$name@|$(port_on "$host" "$name")|g")
  done
  replace+=(
    -e "s|@host@|$host|g" -e "s|@folder@|$folder|g" -e "s|@data@|$folder/$host/data|g" -e "s|@logs@|$folder/$host/logs|g"
    -e "s|@lib@|$lib|g" -e "s|@memory@|$memory|g" -e "s|@replication@|$replication|g" -e "s|@block.size@|$block_size|g"
    -e "s|@java@|$(java_options)|g" -e "s|@user@|$(id -un)|g"
  )
  sed "${replace[@]}" "$template" > "$target"
}
