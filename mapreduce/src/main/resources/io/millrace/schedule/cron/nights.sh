#!/usr/bin/env bash
# @NAME@ by cron. Each night at @AT@, @ZONE@, it works on what landed @DAY@.@WEEKLY@
#
#   Install:  put this file somewhere, make it executable, and add what follows to the crontab of its user (crontab -e):
@CRONTAB@
#
# cron starts it every so often; it does what is due, and nothing where nothing is. It says something only where somebody
# has to know, and cron mails that. What the exit code of a command means:
#   0     done
#   4     something is not there yet, input of the date or what another date's night makes: looked for again next time
#   2, 3  a wrong spec or a broken limit of quality: failed at once, since the same would come of it again
#   else  may pass by itself: @RETRIES_WORDS@
# So nights that were missed are caught up, and a night that needs a date that has failed waits until that is mended.
#
#   How it stands:          @FILE@ status
#   A failed date again:    @FILE@ again 2026-11-21
#
# Needs bash, flock and GNU date. Written by `millrace cron render`; better rendered anew than edited.
set -euo pipefail

# how millrace is started: on the PATH, or for example MILLRACE="hadoop jar /opt/millrace/millrace.jar"
read -ra millrace <<< "${MILLRACE:-millrace}"
pipeline=(
@PIPELINE@
)
zone='@POSIX_ZONE@'
at=@AT@
days_back=@DAYS_BACK@        # from the day on which a night starts to its landing date
first=@FIRST@      # the landing date of the first night
patience=@PATIENCE_SECONDS@       # seconds that input is waited for
retries=@RETRIES@
retry_every=@EVERY_SECONDS@      # seconds
days_at_once=@DAYS_AT_ONCE@
training_day=@TRAINING_DAY@       # 1 is Monday; 0: nothing is trained by itself
first_training=@FIRST_TRAINING@

# one folder a night and a training: empty files `done` or `failed`, or what is known of it until then; and its log
state=${MILLRACE_STATE:-$HOME/.millrace/@NAME@}

now() { date +%s; }

log() { printf '%s %s\n' "$(date '+%F %T')" "$*" >> "$work/log"; }

count() { if [[ -e $work/$1 ]]; then cat "$work/$1"; else echo 0; fi; }

# Runs a command and leaves its exit code in `code`, its last line in `reason`.
run() {
  log "$*"
  code=0
  "${millrace[@]}" "$@" > "$work/out" 2>&1 < /dev/null || code=$?
  cat "$work/out" >> "$work/log"
  reason=$(grep . "$work/out" | tail -n 1 || true)
  rm -f "$work/out"
}

fail() {
  touch "$work/failed"
  printf '%s: %s of %s has failed: %s\n' '@NAME@' "$kind" "$date" "$reason"
  printf '  Its log is %s. When it is mended:  %s again %s\n' "$work/log" "$0" "$date"
}

# Goes by the exit code of a command that is not done.
go_on() {
  case $code in
    4) log "waiting" ;;
    2 | 3) fail ;;
    *)
      local tries
      tries=$(($(count tries) + 1))
      echo "$tries" > "$work/tries"
      now > "$work/tried"
      if ((tries > retries)); then fail; fi
      ;;
  esac
}

# One go at the night, or the training, of a date.
attempt() {
  kind=$1 date=$2 work=$state/$1/$2
  mkdir -p "$work"
  [[ -e $work/since ]] || now > "$work/since"
  if [[ -e $work/tried ]] && (($(now) - $(count tried) < retry_every)); then return; fi
  if [[ $kind == night && ! -e $work/landed ]]; then
    local end is_over=0
    end=$(($(count since) + patience))
    if (($(now) >= end)); then is_over=1; fi
    run await "${pipeline[@]}" --date "$date" --for 0 --until "$(date -u -d "@$end" +%FT%TZ)"
    if ((code == 4 && is_over)); then
      fail
      return
    elif ((code != 0)); then
      go_on
      return
    fi
    touch "$work/landed"
  fi
  if [[ $kind == night ]]; then
    run run "${pipeline[@]}" --date "$date" --allow-no-model
  else
    run train "${pipeline[@]}" --date "$date"
  fi
  if ((code == 0)); then touch "$work/done"; else go_on; fi
}

# Landing dates from one to another, one a line.
dates() {
  local from to
  from=$(date -u -d "$1" +%s) to=$(date -u -d "$2" +%s)
  if ((from <= to)); then seq -f '@%.0f' "$from" 86400 "$to" | date -u -f - '+%F %u'; fi
}

# What is due and neither done nor failed: kind and date, oldest first.
due() {
  local today clock last date weekday kind
  read -r today clock <<< "$(TZ=$zone date '+%F %H:%M')"
  last=$(date -u -d "$today - $days_back day" +%F)
  if [[ $clock < $at ]]; then last=$(date -u -d "$last - 1 day" +%F); fi
  while read -r date weekday; do
    for kind in night training; do
      if [[ $kind == training ]] && { ((training_day == 0 || (weekday + days_back - 1) % 7 + 1 != training_day)) || [[ $date < $first_training ]]; }; then
        continue
      fi
      if [[ ! -e $state/$kind/$date/done && ! -e $state/$kind/$date/failed ]]; then echo "$kind $date"; fi
    done
  done < <(dates "$first" "$last")
}

case ${1:-} in
  '')
    mkdir -p "$state"
    # the one before may still be at it
    exec 9> "$state/lock"
    flock -n 9 || exit 0
    due | xargs -r -L 1 -P "$days_at_once" "$0" attempt
    ;;
  attempt) attempt "$2" "$3" ;;
  status)
    shopt -s nullglob
    for work in "$state"/*/????-??-??; do
      if [[ -e $work/done ]]; then continue; fi
      if [[ -e $work/failed ]]; then word=failed; else word=waiting; fi
      printf '%-8s %-8s %s  %s\n' "$(basename "$(dirname "$work")")" "$(basename "$work")" "$word" "$(grep . "$work/log" | grep -v ' waiting$' | tail -n 1)"
    done
    ;;
  again)
    for kind in night training; do
      if [[ -e $state/$kind/$2/failed ]]; then rm -f "$state/$kind/$2/"{failed,tries,tried,since}; fi
    done
    ;;
  *)
    echo "Usage: $0 [status | again DATE]" >&2
    exit 2
    ;;
esac
