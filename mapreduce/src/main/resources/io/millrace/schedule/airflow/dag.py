"""@NAME@ on Apache Airflow 2 (from 2.4) or 3.

Each night at @AT@, @ZONE@, the commands below work on what landed @DAY@.@WEEKLY@
They are the same that a person types. How a task goes on is decided by the exit code of its command:

  0     done
  4     something is not there yet, input of the date or what another date's night makes: looked for again
        every @EVERY_WORDS@, without holding a worker
  2, 3  a wrong spec or a broken limit of quality: fails at once, since the same would come of it again
  else  may pass by itself: @RETRIES_WORDS@

So nights that a pause has missed are caught up, and a night that needs a date that has failed waits until somebody
has mended that and cleared its task. Written by `millrace airflow render`; better rendered anew than edited.
"""

import os
import shlex
import subprocess
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from airflow.timetables.trigger import CronTriggerTimetable

try:  # Airflow 3
    from airflow.sdk import DAG, BaseSensorOperator
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.sensors.base import BaseSensorOperator
try:
    from airflow.sdk.exceptions import AirflowException, AirflowFailException
except ImportError:
    from airflow.exceptions import AirflowException, AirflowFailException

# what workers start: `millrace` on their PATH, or for example MILLRACE="hadoop jar /opt/millrace/millrace.jar"
MILLRACE = shlex.split(os.environ.get("MILLRACE", "millrace"))
PIPELINE = [
@PIPELINE@
]
ZONE = @PYTHON_ZONE@
DAYS_BACK = @DAYS_BACK@  # from the day on which a night starts to its landing date


class Millrace(BaseSensorOperator):
    """A command for the landing date of its night: a sensor, as it may have to wait for what others make."""

    def __init__(self, *, command, options=(), patience=None, **others):
        super().__init__(
            mode="reschedule",
            poke_interval=@EVERY_SECONDS@,
            timeout=60 * 24 * 3600,
            retries=@RETRIES@,
            retry_delay=timedelta(seconds=@EVERY_SECONDS@),
            max_active_tis_per_dag=@DAYS_AT_ONCE@,  # so many dates at once; those that wait do not count
            **others,
        )
        self.command = command
        self.options = list(options)
        self.patience = patience
        self.process = None

    def poke(self, context):
        run = context["dag_run"]
        night = context.get("logical_date") or run.run_after
        date = night.astimezone(ZONE).date() - timedelta(days=DAYS_BACK)
        words = [*MILLRACE, self.command, *PIPELINE, "--date", str(date), *self.options]
        is_over = False
        if self.patience:
            until = max(night, run.start_date) + self.patience
            is_over = datetime.now(timezone.utc) >= until
            words += ["--for", "0", "--until", until.isoformat()]
        code, reason = self.run_command(words)
        if code == 0:
            return True
        message = f"{self.task_id} of {date}: {reason}"
        if code == 4 and not is_over:
            self.log.info("Waiting. %s", message)
            return False
        if code in (2, 3, 4):
            raise AirflowFailException(message)
        raise AirflowException(f"{message} (exit code {code})")

    def run_command(self, words):
        """The exit code and the last line, which says why."""
        self.log.info("Running: %s", shlex.join(words))
        reason = ""
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as self.process:
            for line in self.process.stdout:
                reason = line.rstrip() or reason
                self.log.info("%s", line.rstrip())
        return self.process.returncode, reason

    def on_kill(self):
        # millrace ends its jobs when it is told to stop
        if self.process:
            self.process.terminate()


def dag(name, cron, start, description):
    return DAG(
        dag_id=name,
        description=description,
        schedule=CronTriggerTimetable(cron, timezone="@CRON_ZONE@"),
        start_date=start,
        catchup=True,
        max_active_runs=60,
        default_args=@DEFAULT_ARGS@,
    )


@DAGS@
