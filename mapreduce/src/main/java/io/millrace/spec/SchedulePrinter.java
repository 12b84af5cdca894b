package io.millrace.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code schedule} with all its defaults. */
final class SchedulePrinter {
  private SchedulePrinter() {}

  static Map<String, Object> print(ScheduleSpec spec) {
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("at", spec.at().toString());
    schedule.put("process", ScalarReader.word(spec.process()));
    spec.train().ifPresent(day -> schedule.put("train", ScalarReader.word(day.value())));
    schedule.put("wait_for_input", DurationReader.text(spec.waitForInput()));
    schedule.put("done_within", DurationReader.text(spec.doneWithin()));
    schedule.put("retries", spec.retries());
    schedule.put("retry_every", DurationReader.text(spec.retryEvery()));
    schedule.put("days_at_once", spec.daysAtOnce());
    spec.queue().ifPresent(queue -> schedule.put("queue", queue));
    schedule.put("mail", spec.mail());
    return schedule;
  }
}
