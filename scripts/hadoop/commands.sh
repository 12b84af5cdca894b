# Hadoop's own commands, as a user of the cluster.
# shellcheck shell=bash disable=SC2154

require_running() {
  load_settings || die 1 "There is no cluster in $folder. Make one:  $cluster start"
  require_java
  require_jars
  if ! id_of master namenode > /dev/null; then
    die 1 "The cluster in $folder does not run. Start it:  $cluster start"
  fi
}

# The class behind a command of Hadoop's, as its own scripts have it.
class_of() {
  case "$1 $2" in
    "hdfs balancer") say org.apache.hadoop.hdfs.server.balancer.Balancer ;;
    "hdfs debug") say org.apache.hadoop.hdfs.tools.DebugAdmin ;;
    "hdfs dfs") say org.apache.hadoop.fs.FsShell ;;
    "hdfs dfsadmin") say org.apache.hadoop.hdfs.tools.DFSAdmin ;;
    "hdfs ec") say org.apache.hadoop.hdfs.tools.ECAdmin ;;
    "hdfs fsck") say org.apache.hadoop.hdfs.tools.DFSck ;;
    "hdfs getconf") say org.apache.hadoop.hdfs.tools.GetConf ;;
    "hdfs groups") say org.apache.hadoop.hdfs.tools.GetGroups ;;
    "hdfs lsSnapshottableDir") say org.apache.hadoop.hdfs.tools.snapshot.LsSnapshottableDir ;;
    "hdfs oev") say org.apache.hadoop.hdfs.tools.offlineEditsViewer.OfflineEditsViewer ;;
    "hdfs oiv") say org.apache.hadoop.hdfs.tools.offlineImageViewer.OfflineImageViewerPB ;;
    "hdfs snapshotDiff") say org.apache.hadoop.hdfs.tools.snapshot.SnapshotDiff ;;
    "hdfs storagepolicies") say org.apache.hadoop.hdfs.tools.StoragePolicyAdmin ;;
    "yarn app" | "yarn application" | "yarn applicationattempt" | "yarn container") say org.apache.hadoop.yarn.client.cli.ApplicationCLI ;;
    "yarn cluster") say org.apache.hadoop.yarn.client.cli.ClusterCLI ;;
    "yarn logs") say org.apache.hadoop.yarn.client.cli.LogsCLI ;;
    "yarn node") say org.apache.hadoop.yarn.client.cli.NodeCLI ;;
    "yarn queue") say org.apache.hadoop.yarn.client.cli.QueueCLI ;;
    "yarn rmadmin") say org.apache.hadoop.yarn.client.cli.RMAdminCLI ;;
    "yarn top") say org.apache.hadoop.yarn.client.cli.TopCLI ;;
    "mapred job") say org.apache.hadoop.mapred.JobClient ;;
    "mapred queue") say org.apache.hadoop.mapred.JobQueueClient ;;
    *" classpath") say org.apache.hadoop.util.Classpath ;;
    *" version") say org.apache.hadoop.util.VersionInfo ;;
    *) return 1 ;;
  esac
}

# The names that class_of knows, for messages.
commands_of() {
  grep -oE "\"$1 [A-Za-z]+\"" "$hadoop/commands.sh" | tr -d '"' | cut -d ' ' -f 2 | sort -u | paste -s -d ' '
}

# run_hadoop_command hdfs|yarn|mapred NAME ARGUMENT…
run_hadoop_command() {
  local program=$1 name=${2:-} class
  if ! class=$(class_of "$program" "$name"); then
    die 2 "Unknown command: $program ${name:-…}. There are: $(commands_of "$program") version"
  fi
  shift
  # these read their own name
  if [[ $program != yarn || $class != *ApplicationCLI ]]; then
    shift
  fi
  require_running
  run_client -Xmx256m "$class" "$@"
}

run_jar() {
  if (($# == 0)); then
    die 2 "Say which jar:  $me jar JAR ARGUMENT…"
  fi
  if [[ ! -f $1 ]]; then
    die 2 "Cannot find jar: $1. Millrace's is made by:  mvn -B -q -DskipTests package"
  fi
  require_running
  # Hadoop would unpack the whole jar first; a job jar needs no more than to lie on the class path
  export HADOOP_CLIENT_SKIP_UNJAR=${HADOOP_CLIENT_SKIP_UNJAR:-true}
  run_client -Xmx1g org.apache.hadoop.util.RunJar "$@"
}

# run_client OPTION CLASS ARGUMENT…: becomes Java, with the configuration for users
run_client() {
  local option=$1
  shift
  export HADOOP_CONF_DIR=$folder/conf
  # shellcheck disable=SC2046,SC2086 # several options
  exec "$java" $(java_options) "$option" -Dhadoop.root.logger="${HADOOP_ROOT_LOGGER:-WARN,console}" \
    ${HADOOP_OPTS:-} ${HADOOP_CLIENT_OPTS:-} \
    -cp "$HADOOP_CONF_DIR${HADOOP_CLASSPATH:+:$HADOOP_CLASSPATH}:$lib/*" "$@"
}

# What scripts/millrace and other programs need to find the cluster.
print_environment() {
  load_settings || die 1 "There is no cluster in $folder. Make one:  $cluster start"
  say "export MILLRACE_CLUSTER=$folder"
  say "export HADOOP_CONF_DIR=$folder/conf"
  say "export MILLRACE_OPTS='-Djdk.net.hosts.file=$folder/hosts -Djava.net.preferIPv4Stack=true -Dhadoop.root.logger=WARN,console'"
}

# Whoever starts the cluster has a home in HDFS, and everybody a folder for temporary files.
make_home() {
  (run_client -Xmx128m org.apache.hadoop.fs.FsShell -mkdir -p "/user/$(id -un)" /tmp) 2> /dev/null || true
}
