package io.millrace.schedule.airflow;

import io.millrace.schedule.Block;
import io.millrace.schedule.NightlyCommands;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.Step;
import io.millrace.schedule.Template;
import io.millrace.schedule.Training;
import io.millrace.spec.ScheduleSpec;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a Python file with a DAG of the nights, and one of the trainings where there are some. */
public final class AirflowDags {
  private static final String INPUT = "landed";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final NightlyCommands commands;
  private final ScheduledPipeline pipeline;
  private final ScheduleSpec schedule;
  private final StringBuilder dags = new StringBuilder();

  private AirflowDags(NightlyCommands commands) {
    this.commands = commands;
    this.pipeline = commands.pipeline();
    this.schedule = pipeline.schedule();
  }

  /** The file for a pipeline. */
  public static String render(NightlyCommands commands) {
    return new AirflowDags(commands).render();
  }

  private String render() {
    night();
    pipeline.training().ifPresent(this::training);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("NAME", pipeline.name());
    values.put("AT", schedule.at().format(TIME));
    values.put("ZONE", pipeline.zone().getId());
    values.put("DAY", commands.dayWords());
    values.put("WEEKLY", commands.trainingSentence());
    values.put("EVERY_WORDS", commands.everyWords());
    values.put("EVERY_SECONDS", String.valueOf(schedule.retryEvery().toSeconds()));
    values.put("RETRIES", String.valueOf(schedule.retries()));
    values.put("RETRIES_WORDS", commands.retryWords());
    values.put("DAYS_AT_ONCE", String.valueOf(schedule.daysAtOnce()));
    values.put("DAYS_BACK", String.valueOf(schedule.process().daysBack()));
    values.put(
        "PIPELINE",
        commands.pipelineArguments().stream()
            .map(words -> "    " + texts(words) + ",")
            .collect(Collectors.joining("\n")));
    values.put("PYTHON_ZONE", zone());
    values.put("CRON_ZONE", fixedOffset().isPresent() ? "UTC" : pipeline.zone().getId());
    values.put("DEFAULT_ARGS", defaultArguments());
    values.put("DAGS", dags.toString().stripTrailing());
    return Template.beside(AirflowDags.class, "dag.py").fill(values);
  }

  private void night() {
    open(
        "",
        Optional.empty(),
        commands.first(),
        "what landed %s, at %s".formatted(commands.dayWords(), schedule.at().format(TIME)));
    dags.append(
        "    %s = Millrace(task_id=\"await\", command=\"await\", patience=%s)\n"
            .formatted(INPUT, duration(pipeline.landing().patience().toSeconds())));
    // scores come with the first version that a training registers
    tasks(pipeline.night().work(), List.of("--allow-no-model"));
    dags.append('\n');
    arrows(List.of(INPUT), pipeline.night().work());
  }

  private void training(Training training) {
    LocalDate first =
        training.first().isAfter(commands.first()) ? training.first() : commands.first();
    dags.append("\n\n");
    open(
        "-training",
        Optional.of(training.day()),
        first,
        "trains the model, from what the nights have made");
    tasks(training.work(), List.of());
    if (training.work().steps().count() > 1) {
      dags.append('\n');
      arrows(List.of(), training.work());
    }
  }

  private void open(String suffix, Optional<DayOfWeek> day, LocalDate first, String description) {
    dags.append(
        """
        with dag(
            name=%s,
            cron=%s,
            start=%s,
            description=%s,
        ):
        """
            .formatted(
                text(pipeline.name() + suffix),
                text(cron(day)),
                moment(pipeline.clock().night(first)),
                text(description)));
  }

  /** Cron's fields; of a zone with one offset as UTC has them, since Airflow knows names alone. */
  private String cron(Optional<DayOfWeek> day) {
    LocalDateTime local = LocalDate.EPOCH.atTime(schedule.at());
    if (day.isPresent()) {
      local = local.with(TemporalAdjusters.nextOrSame(day.get()));
    }
    LocalDateTime time =
        fixedOffset().isPresent()
            ? LocalDateTime.ofInstant(local.atZone(pipeline.zone()).toInstant(), ZoneOffset.UTC)
            : local;
    LocalTime at = time.toLocalTime();
    String weekday = day.isPresent() ? String.valueOf(time.getDayOfWeek().getValue() % 7) : "*";
    return "%d %d * * %s".formatted(at.getMinute(), at.getHour(), weekday);
  }

  private Optional<ZoneOffset> fixedOffset() {
    ZoneId zone = pipeline.zone();
    return zone.getRules().isFixedOffset()
        ? Optional.of(zone.getRules().getOffset(Instant.EPOCH))
        : Optional.empty();
  }

  private String zone() {
    return fixedOffset()
        .map(
            offset ->
                offset.getTotalSeconds() == 0
                    ? "timezone.utc"
                    : "timezone(%s)".formatted(duration(offset.getTotalSeconds())))
        .orElseGet(() -> "ZoneInfo(%s)".formatted(text(pipeline.zone().getId())));
  }

  private static String duration(long seconds) {
    return "timedelta(seconds=%d)".formatted(seconds);
  }

  private static String moment(Instant moment) {
    LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    return "datetime(%d, %d, %d, %d, %d, tzinfo=timezone.utc)"
        .formatted(
            utc.getYear(),
            utc.getMonthValue(),
            utc.getDayOfMonth(),
            utc.getHour(),
            utc.getMinute());
  }

  private String defaultArguments() {
    return schedule.mail().isEmpty()
        ? "{}"
        : "{\"email\": [%s], \"email_on_failure\": True, \"email_on_retry\": False}"
            .formatted(texts(schedule.mail()));
  }

  private void tasks(Block work, List<String> more) {
    work.steps().forEach(step -> dags.append("    ").append(task(step, more)).append('\n'));
  }

  private static String task(Step step, List<String> more) {
    List<String> options = new ArrayList<>(step.options());
    options.addAll(more);
    return "%s = Millrace(task_id=%s, command=%s, options=[%s])"
        .formatted(variable(step), text(step.id()), text(step.command()), texts(options));
  }

  private static String variable(Step step) {
    return step.id().replace('-', '_');
  }

  /**
   * Writes which tasks of a block wait for which.
   *
   * @param before what the first ones wait for
   * @return what those behind the block wait for
   */
  private List<String> arrows(List<String> before, Block block) {
    if (block instanceof Block.Sequence sequence) {
      List<String> last = before;
      for (Block part : sequence.blocks()) {
        last = arrows(last, part);
      }
      return last;
    }
    if (block instanceof Block.Parallel parallel) {
      List<String> last = new ArrayList<>();
      parallel.blocks().forEach(part -> last.addAll(arrows(before, part)));
      return last;
    }
    String task = variable(((Block.One) block).step());
    if (!before.isEmpty()) {
      dags.append("    %s >> %s\n".formatted(several(before), task));
    }
    return List.of(task);
  }

  private static String several(List<String> tasks) {
    return tasks.size() == 1 ? tasks.get(0) : "[" + String.join(", ", tasks) + "]";
  }

  private static String texts(List<String> texts) {
    return texts.stream().map(AirflowDags::text).collect(Collectors.joining(", "));
  }

  /** A text as Python reads it. */
  static String text(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      switch (letter) {
        case '"', '\\' -> quoted.append('\\').append(letter);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        default -> {
          if (letter < ' ' || letter == 0x7F) {
            quoted.append("\\x%02x".formatted((int) letter));
          } else {
            quoted.append(letter);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
