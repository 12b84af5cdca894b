# Oozie's server beside a cluster: a daemon of its master, there only while somebody wants it.
# shellcheck shell=bash disable=SC2154

oozie_home() {
  say "$folder/master/oozie"
}

oozie_url() {
  say "http://$network.1:$(port oozie.web)/oozie"
}

# Oozie's jars. Sets `oozie_lib`.
require_oozie_jars() {
  local oozie_version
  oozie_version=$(sed -n 's:.*<oozie.version>\(.*\)</oozie.version>.*:\1:p' "$hadoop/oozie/pom.xml")
  oozie_lib=$hadoop/target/$version/oozie-$oozie_version
  fetch_jars "Oozie $oozie_version" "$hadoop/oozie" "$oozie_lib"
}

write_oozie_configuration() {
  local home conf template
  home=$(oozie_home)
  conf=$home/conf
  # the first is wanted even where nothing is in it
  mkdir -p "$conf"/{action-conf,webapp} "$home"/{data,logs}
  while read -r template; do
    fill_in master "$hadoop/oozie/conf/$template" "$conf/$template" \
      "address=$network.1" "smtp.host=${smtp%:*}" "smtp.port=${smtp##*:}" "mail.from=$mail_from"
  done < <(cd "$hadoop/oozie/conf" && find . -type f)
}

# oozie_java_options: where Oozie finds its configuration, and keeps what it writes
oozie_java_options() {
  local home
  home=$(oozie_home)
  say "-Doozie.home.dir=$home -Doozie.config.dir=$home/conf -Doozie.log.dir=$home/logs -Doozie.data.dir=$home/data" \
    "-Dderby.stream.error.file=$home/logs/derby.log"
}

# The tables, once.
create_oozie_database() {
  local log
  [[ ! -f $(oozie_home)/data/created ]] || return 0
  log=$(log_of master oozie-database)
  # of an earlier try that was cut short
  rm -rf "$(oozie_home)"/data/*
  # shellcheck disable=SC2046 # several options
  if ! (cd "$(oozie_home)" && run_java master "$oozie_lib" $(oozie_java_options) -Xmx256m \
    org.apache.oozie.tools.OozieDBCLI create -run -sqlfile "$(oozie_home)/data/create.sql") > "$log" 2>&1; then
    tail -n 20 "$log" >&2
    die 1 "Cannot create the database of Oozie; the log: $log"
  fi
  touch "$(oozie_home)/data/created"
}

start_oozie_daemon() {
  # shellcheck disable=SC2046 # several options
  # its own configuration comes first: log4j and the web pages are found on the class path
  run_in_background master oozie "$(oozie_home)/conf:$oozie_lib" $(oozie_java_options) -Xmx512m \
    org.apache.oozie.server.EmbeddedOozieServer
}

# Until it can be used: its services run, and it answers.
wait_for_oozie() {
  local end=$((SECONDS + 120))
  while ((SECONDS < end)); do
    if [[ $(get oozie.web /oozie/v1/admin/status) == *NORMAL* ]]; then
      return
    fi
    if [[ -s $folder/master/oozie.pid && -z $(guests) ]]; then
      return 1
    fi
    sleep 0.3
  done
  return 1
}
