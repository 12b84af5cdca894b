"""card-fraud on Apache Airflow 2 (from 2.4) or 3.

Each night at 03:00, UTC, the commands below work on what landed on the day before. On Sundays the model is trained, too.
They are the same that a person types. How a task goes on is decided by the exit code of its command:

  0     done
  4     something is not there yet, input of the date or what another date's night makes: looked for again
        every 10m, without holding a worker
  2, 3  a wrong spec or a broken limit of quality: fails at once, since the same would come of it again
  else  may pass by itself: tried again 3 times, every 10m

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
    "hdfs://nn/specs/pipeline.yaml",
    "--set", "landing=/landing",
    "--set", "warehouse=/warehouse",
]
ZONE = timezone.utc
DAYS_BACK = 1  # from the day on which a night starts to its landing date


class Millrace(BaseSensorOperator):
    """A command for the landing date of its night: a sensor, as it may have to wait for what others make."""

    def __init__(self, *, command, options=(), patience=None, **others):
        super().__init__(
            mode="reschedule",
            poke_interval=600,
            timeout=60 * 24 * 3600,
            retries=3,
            retry_delay=timedelta(seconds=600),
            max_active_tis_per_dag=2,  # so many dates at once; those that wait do not count
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
        schedule=CronTriggerTimetable(cron, timezone="UTC"),
        start_date=start,
        catchup=True,
        max_active_runs=60,
        default_args={"email": ["ops@example.com"], "email_on_failure": True, "email_on_retry": False},
    )


with dag(
    name="card-fraud",
    cron="0 3 * * *",
    start=datetime(2026, 1, 2, 3, 0, tzinfo=timezone.utc),
    description="what landed on the day before, at 03:00",
):
    landed = Millrace(task_id="await", command="await", patience=timedelta(seconds=21600))
    clean = Millrace(task_id="clean", command="run", options=["--stage", "clean", "--if-landed", "--allow-no-model"])
    partials_card = Millrace(task_id="partials-card", command="run", options=["--stage", "partials/card", "--allow-no-model"])
    features_card = Millrace(task_id="features-card", command="run", options=["--stage", "features/card", "--allow-no-model"])
    partials_terminal = Millrace(task_id="partials-terminal", command="run", options=["--stage", "partials/terminal", "--allow-no-model"])
    features_terminal = Millrace(task_id="features-terminal", command="run", options=["--stage", "features/terminal", "--allow-no-model"])
    join = Millrace(task_id="join", command="run", options=["--stage", "join", "--allow-no-model"])
    score = Millrace(task_id="score", command="run", options=["--stage", "score", "--allow-no-model"])

    landed >> clean
    clean >> partials_card
    partials_card >> features_card
    clean >> partials_terminal
    partials_terminal >> features_terminal
    clean >> join
    join >> score


with dag(
    name="card-fraud-training",
    cron="0 3 * * 0",
    start=datetime(2026, 1, 9, 3, 0, tzinfo=timezone.utc),
    description="trains the model, from what the nights have made",
):
    training = Millrace(task_id="training", command="run", options=["--stage", "training"])
    train = Millrace(task_id="train", command="run", options=["--stage", "train"])

    training >> train
