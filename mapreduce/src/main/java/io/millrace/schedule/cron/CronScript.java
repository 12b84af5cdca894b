package io.millrace.schedule.cron;

import static java.util.stream.Collectors.joining;

import io.millrace.schedule.NightlyCommands;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.Template;
import io.millrace.schedule.Training;
import io.millrace.spec.ScheduleSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes a script that cron starts every so often, and that does what is due. */
public final class CronScript {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final List<Integer> MINUTES = List.of(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30);
  private static final int HOUR = 60;

  private CronScript() {}

  /** The name under which the script is called in its own words. */
  public static String fileName(ScheduledPipeline pipeline) {
    return pipeline.name() + "-nights";
  }

  /** The script for a pipeline. */
  public static String render(NightlyCommands commands) {
    ScheduledPipeline pipeline = commands.pipeline();
    ScheduleSpec schedule = pipeline.schedule();
    Optional<Training> training = pipeline.training();
    LocalDate firstTraining =
        training
            .map(Training::first)
            .filter(date -> date.isAfter(commands.first()))
            .orElse(commands.first());
    Map<String, String> values = new LinkedHashMap<>();
    values.put("NAME", pipeline.name());
    values.put("FILE", fileName(pipeline));
    values.put("AT", schedule.at().format(TIME));
    values.put("ZONE", pipeline.zone().getId());
    values.put("POSIX_ZONE", posix(pipeline.zone()));
    values.put("DAY", commands.dayWords());
    values.put("WEEKLY", commands.trainingSentence());
    values.put(
        "CRONTAB", crontab(pipeline).stream().map(line -> "#     " + line).collect(joining("\n")));
    values.put("RETRIES", String.valueOf(schedule.retries()));
    values.put("RETRIES_WORDS", commands.retryWords());
    values.put("EVERY_SECONDS", String.valueOf(schedule.retryEvery().toSeconds()));
    values.put("DAYS_AT_ONCE", String.valueOf(schedule.daysAtOnce()));
    values.put("DAYS_BACK", String.valueOf(schedule.process().daysBack()));
    values.put("FIRST", commands.first().toString());
    values.put("PATIENCE_SECONDS", String.valueOf(pipeline.landing().patience().toSeconds()));
    values.put("TRAINING_DAY", training.map(some -> some.day().getValue()).orElse(0).toString());
    values.put("FIRST_TRAINING", firstTraining.toString());
    values.put(
        "PIPELINE",
        commands.pipelineArguments().stream()
            .map(words -> "  " + words.stream().map(CronScript::quoted).collect(joining(" ")))
            .collect(joining("\n")));
    return Template.beside(CronScript.class, "nights.sh").fill(values);
  }

  private static List<String> crontab(ScheduledPipeline pipeline) {
    ScheduleSpec schedule = pipeline.schedule();
    String mail = schedule.mail().isEmpty() ? "" : "MAILTO=" + String.join(",", schedule.mail());
    String line =
        "%s /opt/millrace/%s"
            .formatted(times(schedule.retryEvery().toMinutes()), fileName(pipeline));
    return mail.isEmpty() ? List.of(line) : List.of(mail, line);
  }

  /** As often as cron can, and not more seldom than that; the script itself keeps the pause. */
  static String times(long minutes) {
    if (minutes >= HOUR) {
      return "0 * * * *";
    }
    int step = MINUTES.stream().filter(some -> some <= minutes).reduce(1, (one, next) -> next);
    return step == 1 ? "* * * * *" : "*/%d * * * *".formatted(step);
  }

  /** A zone as TZ takes it, which counts offsets westwards. */
  static String posix(ZoneId zone) {
    if (!zone.getRules().isFixedOffset()) {
      return zone.getId();
    }
    int seconds = zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds();
    if (seconds == 0) {
      return "UTC0";
    }
    int size = Math.abs(seconds);
    String time = "%02d:%02d:%02d".formatted(size / 3600, size / 60 % 60, size % 60);
    return "<%s%02d>%s%s"
        .formatted(seconds > 0 ? "+" : "-", size / 3600, seconds > 0 ? "-" : "", time);
  }

  /** A text as a shell reads it. */
  static String quoted(String text) {
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
