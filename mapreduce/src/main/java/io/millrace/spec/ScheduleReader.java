package io.millrace.spec;

import io.millrace.spec.ScheduleSpec.Process;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code schedule}. */
final class ScheduleReader {
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})");

  /** What mail servers know, without the signs that mean something to schedulers. */
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*");

  private static final Pattern QUEUE_NAME = Pattern.compile("[\\p{Alnum}._-]+");
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
  private static final int MOST_RETRIES = 20;
  private static final int MOST_DAYS_AT_ONCE = 100;

  static final Key<LocalTime> AT =
      Key.required("at", "at: \"03:00\"", ScheduleReader::time)
          .takes("time of the day such as `\"03:00\"`, from `\"00:00\"` to `\"23:59\"`")
          .means("when a night starts, in the pipeline's `timezone`");
  static final Key<Process> PROCESS =
      Key.optional("process", value -> ScalarReader.constant(value, Process.class))
          .takes(ScalarReader.words(Process.class))
          .byDefault(Process.YESTERDAY, "`yesterday`")
          .means("the landing date that a night works on, as seen from the day on which it starts");
  static final Key<Located<DayOfWeek>> TRAIN =
      Key.optional("train", ScheduleReader::weekday)
          .takes("weekday such as `sunday`")
          .without("nothing is trained by itself")
          .means(
              "on which day of the week the model is trained, at the time of the night, as soon as nights"
                  + " have made what it learns from; needs [`train`](#train)");
  static final Key<Duration> WAIT_FOR_INPUT =
      Key.optional("wait_for_input", value -> DurationReader.read(value, SHORTEST, LONGEST_WAIT))
          .takes("duration, up to `30d`")
          .byDefault(Duration.ofHours(6), "`6h`")
          .means(
              "how long a night waits for the input of its date; then `source.missing` says whether"
                  + " it fails, or goes on with a day without records");
  static final Key<Duration> DONE_WITHIN =
      Key.optional("done_within", value -> DurationReader.read(value, SHORTEST, LONGEST_WAIT))
          .takes("duration, up to `30d`")
          .byDefault(Duration.ofHours(4), "`4h`")
          .means(
              "a night that is not over so long after `at` is reported as late; nothing is ended");
  static final Key<Integer> RETRIES =
      Key.optional("retries", value -> ScalarReader.wholeNumber(value, 0, MOST_RETRIES))
          .takes("whole number, up to `20`")
          .byDefault(3, "`3`")
          .means(
              "how often a step is tried again that failed in a way that can pass; Oozie does so at"
                  + " most `3` times, unless the server allows more");
  static final Key<Duration> RETRY_EVERY =
      Key.optional("retry_every", value -> DurationReader.read(value, SHORTEST, LONGEST_PAUSE))
          .takes("duration, up to `1d`")
          .byDefault(Duration.ofMinutes(10), "`10m`")
          .means("how long to wait before each of these tries");
  static final Key<Integer> DAYS_AT_ONCE =
      Key.optional("days_at_once", value -> ScalarReader.wholeNumber(value, 1, MOST_DAYS_AT_ONCE))
          .takes("whole number, up to `100`")
          .byDefault(2, "`2`")
          .means("how many dates may be worked on side by side, where some are behind");
  static final Key<String> QUEUE =
      Key.optional("queue", ScheduleReader::queue)
          .takes("name of a queue")
          .without("as the cluster's configuration says")
          .means(
              "the queue of YARN for all that a night runs; `resources.queue` counts first for its"
                  + " jobs");
  static final Key<List<String>> MAIL =
      Key.optional("mail", value -> Optional.of(addresses(value)))
          .takes("list of addresses")
          .byDefault(List.of(), "nobody is told")
          .means("who is told when a night or a training has failed");

  static final Section SCHEDULE =
      Section.of(
          "schedule",
          AT,
          PROCESS,
          TRAIN,
          WAIT_FOR_INPUT,
          DONE_WITHIN,
          RETRIES,
          RETRY_EVERY,
          DAYS_AT_ONCE,
          QUEUE,
          MAIL);

  private ScheduleReader() {}

  /**
   * Reads the section.
   *
   * @param trains whether the pipeline has something to train
   */
  static Optional<ScheduleSpec> read(YamlValue value, boolean trains) {
    return value.section(SCHEDULE).flatMap(schedule -> read(schedule, trains));
  }

  private static Optional<ScheduleSpec> read(YamlSection schedule, boolean trains) {
    Optional<LocalTime> at = schedule.find(AT);
    Optional<Located<DayOfWeek>> train = schedule.find(TRAIN);
    if (train.isPresent() && !trains) {
      schedule.problem(
          train.get().at(),
          "`schedule.train` says when to train, and the pipeline has no `train`; leave it out, or"
              + " add `train:` with the model to learn");
    }
    Process process = schedule.get(PROCESS);
    Duration waitForInput = schedule.get(WAIT_FOR_INPUT);
    Duration doneWithin = schedule.get(DONE_WITHIN);
    int retries = schedule.get(RETRIES);
    Duration retryEvery = schedule.get(RETRY_EVERY);
    int daysAtOnce = schedule.get(DAYS_AT_ONCE);
    Optional<String> queue = schedule.find(QUEUE);
    List<String> mail = schedule.get(MAIL);
    return at.map(
        time ->
            new ScheduleSpec(
                time,
                process,
                train,
                waitForInput,
                doneWithin,
                retries,
                retryEvery,
                daysAtOnce,
                queue,
                mail));
  }

  private static Optional<LocalTime> time(YamlValue value) {
    String expected = "a time of the day such as `\"03:00\"`, from `\"00:00\"` to `\"23:59\"`";
    Optional<String> text = value.text(expected).map(found -> found.value().strip());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher time = TIME.matcher(text.get());
    if (time.matches()) {
      try {
        return Optional.of(
            LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2))));
      } catch (DateTimeException e) {
        // said below
      }
    }
    value.mismatch(expected);
    return Optional.empty();
  }

  private static Optional<Located<DayOfWeek>> weekday(YamlValue value) {
    return ScalarReader.constant(value, DayOfWeek.class).map(day -> new Located<>(day, value.at()));
  }

  private static Optional<String> queue(YamlValue value) {
    Optional<String> queue = ResourcesReader.queue(value);
    if (queue.isPresent() && !QUEUE_NAME.matcher(queue.get()).matches()) {
      value.mismatch(
          "letters, digits, `.`, `_` and `-`: the name of a queue that schedulers can hand on");
      return Optional.empty();
    }
    return queue;
  }

  private static List<String> addresses(YamlValue value) {
    Set<String> addresses = new LinkedHashSet<>();
    for (YamlValue item : value.items()) {
      String expected = "an address such as `ops@example.com`";
      Optional<String> address = item.text(expected).map(Located::value);
      if (address.isPresent() && !ADDRESS.matcher(address.get()).matches()) {
        item.mismatch(expected);
      } else if (address.isPresent() && !addresses.add(address.get())) {
        item.problem(
            "the address `%s` stands twice in `%s`; keep one"
                .formatted(address.get(), value.path()));
      }
    }
    return new ArrayList<>(addresses);
  }
}
