package io.millrace.schedule.oozie;

import io.millrace.schedule.NightClock;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.Training;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** {@code job.properties}: all that a person fills in. */
final class JobProperties {
  /** Oozie wants an end; nobody does. */
  private static final String END = "2100-01-01T00:00Z";

  private final StringBuilder text = new StringBuilder();

  private JobProperties() {}

  static String render(ScheduledPipeline pipeline, ApplicationPlace place, Settings settings) {
    return new JobProperties().of(pipeline, place, settings);
  }

  private String of(ScheduledPipeline pipeline, ApplicationPlace place, Settings settings) {
    comment(
        "How %s runs by itself: oozie job -config job.properties -run".formatted(pipeline.name()));
    text.append('\n');
    comment("The cluster.");
    put("nameNode", place.nameNode());
    put("resourceManager", place.resourceManager());
    text.append('\n');
    comment("The folder on it that holds what lies beside this file.");
    put("app", folder(place));
    put("oozie.bundle.application.path", "${app}/bundle.xml");
    if (!settings.properties().isEmpty()) {
      text.append('\n');
      comment("What the placeholders of pipeline/" + pipeline.files().spec() + " stand for.");
      settings.properties().forEach(this::put);
    }
    text.append('\n');
    NightClock clock = pipeline.clock();
    LocalDate first = place.firstDate();
    comment(
        "The first night, in UTC: the one of %s. Later ones keep its local time (%s in %s)."
            .formatted(first, clock.at(), clock.zone()));
    put("start", OozieTime.text(clock.night(first)));
    pipeline.training().ifPresent(training -> training(training, clock, first));
    put("end", END);
    text.append('\n');
    comment("How many nights run side by side, where some are behind.");
    put("concurrency", String.valueOf(pipeline.schedule().daysAtOnce()));
    pipeline
        .schedule()
        .queue()
        .ifPresent(
            queue -> {
              comment("The queue of YARN for all that they run.");
              put("queue", queue);
            });
    if (!pipeline.schedule().mail().isEmpty()) {
      comment("Who is told of failures.");
      put("mailTo", String.join(",", pipeline.schedule().mail()));
    }
    return text.toString();
  }

  private void training(Training training, NightClock clock, LocalDate firstDate) {
    LocalDate earliest = training.first().isAfter(firstDate) ? training.first() : firstDate;
    LocalDate day =
        earliest.plusDays(clock.daysBack()).with(TemporalAdjusters.nextOrSame(training.day()));
    comment(
        "The first training: the first %s with something to learn from."
            .formatted(training.day().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
    put("trainingStart", OozieTime.text(clock.night(day.minusDays(clock.daysBack()))));
  }

  private static String folder(ApplicationPlace place) {
    String folder = place.folder();
    if (folder.startsWith(place.nameNode() + "/")) {
      return "${nameNode}" + folder.substring(place.nameNode().length());
    }
    return folder.startsWith("/") ? "${nameNode}" + folder : folder;
  }

  private void comment(String words) {
    text.append("# ").append(words).append('\n');
  }

  /** As {@link java.util.Properties} reads it. */
  private void put(String name, String value) {
    text.append(name).append('=');
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      if (letter == '\\') {
        text.append("\\\\");
      } else if (letter < ' ' || letter > '~') {
        text.append("\\u%04x".formatted((int) letter));
      } else {
        text.append(letter);
      }
    }
    text.append('\n');
  }
}
