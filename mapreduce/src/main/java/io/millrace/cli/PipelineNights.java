package io.millrace.cli;

import io.millrace.oozie.Bundle;
import io.millrace.oozie.OozieException;
import io.millrace.oozie.OozieServer;
import io.millrace.run.Workspace;
import io.millrace.schedule.NightClock;
import io.millrace.schedule.ScheduledPipeline;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** A pipeline that Oozie runs by night: when, and under which bundle. */
record PipelineNights(Workspace workspace, ScheduledPipeline scheduled) {
  /** The property of a bundle that says which warehouse it works on. */
  static final String WAREHOUSE = "millrace.warehouse";

  /** The same where a person has submitted the bundle, as most pipelines call it. */
  private static final String USUAL_WAREHOUSE = "warehouse";

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  /**
   * The nights of a pipeline.
   *
   * @throws UsageException where it has no {@code schedule}
   */
  static PipelineNights of(PipelineOptions options) throws IOException {
    Workspace workspace = options.open();
    return new PipelineNights(workspace, options.scheduled(workspace));
  }

  String name() {
    return scheduled.name();
  }

  ZoneId zone() {
    return scheduled.zone();
  }

  NightClock clock() {
    return scheduled.clock();
  }

  /** A moment in the pipeline's zone. */
  String text(Instant moment) {
    return MINUTE.format(moment.atZone(zone()));
  }

  /** The night, or training, of a moment: {@code 2026-01-02 03:00, of 2026-01-01}. */
  String nightText(Instant moment) {
    return "%s, of %s".formatted(text(moment), clock().landingDate(moment));
  }

  /**
   * The bundles of the pipeline, newest first, without their coordinators. One of the same name
   * that works on another warehouse is another pipeline's.
   */
  List<Bundle> bundles(OozieServer server) throws OozieException {
    return server.bundles(name()).stream().filter(this::isOurs).toList();
  }

  private boolean isOurs(Bundle bundle) {
    return Stream.of(WAREHOUSE, USUAL_WAREHOUSE)
        .flatMap(name -> Optional.ofNullable(bundle.properties().get(name)).stream())
        .findFirst()
        .map(root -> new Path(root).toUri().getPath())
        .map(path -> path.equals(workspace.warehouse().root().toUri().getPath()))
        .orElse(true);
  }

  /** The date of which on nights have not done their work, as far as Oozie's show it. */
  Optional<LocalDate> firstOpenDate(OozieNights nights) {
    return nights.nights().stream()
        .filter(night -> !night.isDone())
        .map(night -> night.date())
        .findFirst()
        .or(() -> nights.coordinator().next().map(clock()::landingDate));
  }
}
