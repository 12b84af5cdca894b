# What the commands on a cluster have in common: how they speak, and --folder.
# shellcheck shell=bash disable=SC2154,SC2034

say() {
  printf '%s\n' "$*"
}

# die CODE MESSAGE…
die() {
  local code=$1
  shift
  printf '%s: %s\n' "$program" "$*" >&2
  exit "$code"
}

# Reads what stands before the command: sets folder, and what is left in `arguments`.
read_folder() {
  folder=${MILLRACE_CLUSTER:-$default_folder}
  while [[ ${1:-} == --folder || ${1:-} == --folder=* ]]; do
    if [[ $1 == --folder ]]; then
      (($# > 1)) || die 2 "Option --folder needs a value."
      folder=$2
      shift 2
    else
      folder=${1#*=}
      shift
    fi
  done
  arguments=("$@")
}

# Names the folder in the commands that messages tell to type.
name_folder() {
  if [[ $folder != "$default_folder" ]]; then
    me+=" --folder $folder"
    cluster+=" --folder $folder"
  fi
}
