"""Plays the part of Airflow 2 or 3 for a file of DAGs: as strict about names and values, and no more.

  standin.py 2|3 describe FILE                             what DAGs and tasks there are, as JSON
  standin.py 2|3 poke FILE DAG TASK LOGICAL_DATE STARTED    what becomes of a try of a task
"""

import json
import logging
import runpy
import sys
import types
from datetime import datetime, timedelta

DAGS = []
OPEN = []
OF_ALL = {"email": (list, str), "email_on_failure": bool, "email_on_retry": bool, "retries": int,
          "retry_delay": timedelta, "max_active_tis_per_dag": int}


class AirflowException(Exception):
    pass


class AirflowFailException(AirflowException):
    pass


class CronTriggerTimetable:
    def __init__(self, cron, *, timezone):
        fields = cron.split(" ")
        assert len(fields) == 5 and isinstance(timezone, str)
        self.cron, self.timezone = cron, timezone


class DAG:
    def __init__(self, *, dag_id, description, schedule, start_date, catchup, max_active_runs, default_args):
        assert start_date.tzinfo is not None and isinstance(schedule, CronTriggerTimetable)
        assert all(dag.dag_id != dag_id for dag in DAGS)
        self.dag_id, self.schedule, self.start, self.catchup = dag_id, schedule, start_date, catchup
        self.description, self.max_active_runs, self.default_args = description, max_active_runs, default_args
        self.tasks = []
        DAGS.append(self)

    def __enter__(self):
        OPEN.append(self)
        return self

    def __exit__(self, *_):
        OPEN.pop()


class BaseSensorOperator:
    def __init__(self, *, task_id, mode, poke_interval, timeout, **others):
        assert mode == "reschedule" and type(poke_interval) is int and type(timeout) is int
        dag = OPEN[-1]
        assert all(task.task_id != task_id for task in dag.tasks)
        self.task_id, self.poke_interval, self.timeout, self.after = task_id, poke_interval, timeout, []
        for name, value in {**dag.default_args, **others}.items():
            assert isinstance(value, OF_ALL[name]), name
            setattr(self, name, value)
        self.log = logging.getLogger(task_id)
        dag.tasks.append(self)

    def __rshift__(self, other):
        for task in other if isinstance(other, list) else [other]:
            task.after.append(self.task_id)
        return other

    def __rrshift__(self, others):
        for other in others:
            other >> self
        return self


def module(name, **content):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(content)


def install(version):
    module("airflow", **({"DAG": DAG} if version == "2" else {}))
    module("airflow.timetables")
    module("airflow.timetables.trigger", CronTriggerTimetable=CronTriggerTimetable)
    errors = {"AirflowException": AirflowException, "AirflowFailException": AirflowFailException}
    if version == "2":
        module("airflow.sensors")
        module("airflow.sensors.base", BaseSensorOperator=BaseSensorOperator)
        module("airflow.exceptions", **errors)
    else:
        module("airflow.sdk", DAG=DAG, BaseSensorOperator=BaseSensorOperator)
        module("airflow.sdk.exceptions", **errors)


def describe():
    return [
        {
            "dag": dag.dag_id,
            "cron": dag.schedule.cron,
            "zone": dag.schedule.timezone,
            "start": dag.start.isoformat(),
            "catchup": dag.catchup,
            "email": dag.default_args.get("email", []),
            "tasks": {
                task.task_id: {
                    "command": [task.command, *task.options],
                    "after": sorted(task.after),
                    "retries": task.retries,
                    "every": [task.poke_interval, task.retry_delay.total_seconds()],
                    "at once": task.max_active_tis_per_dag,
                }
                for task in dag.tasks
            },
        }
        for dag in DAGS
    ]


def poke(dag_id, task_id, logical_date, started):
    task = next(task for dag in DAGS if dag.dag_id == dag_id for task in dag.tasks if task.task_id == task_id)
    night = datetime.fromisoformat(logical_date)
    run = types.SimpleNamespace(run_after=night, start_date=datetime.fromisoformat(started))
    # Airflow 3 has no logical date where somebody starts a run by hand
    context = {"dag_run": run, **({"logical_date": night} if sys.argv[1] == "2" else {"logical_date": None})}
    try:
        return "done" if task.poke(context) else "waiting"
    except AirflowException as e:
        return f"{type(e).__name__}: {e}"


install(sys.argv[1])
runpy.run_path(sys.argv[3])
if sys.argv[2] == "describe":
    print(json.dumps(describe()))
else:
    print(poke(*sys.argv[4:]))
