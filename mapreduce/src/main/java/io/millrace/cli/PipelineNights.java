package io.millrace.cli;

import io.millrace.oozie.Bundle;
import io.millrace.oozie.OozieException;
import io.millrace.oozie.OozieServer;
import io.millrace.run.Workspace;
import io.millrace.schedule.NightClock;
import io.millrace.spec.PipelineSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A pipeline that Oozie runs by night: when, and under which bundle. */
record PipelineNights(Workspace workspace, NightClock clock) {
  /** The property of a bundle that says which warehouse it works on. */
  static final String WAREHOUSE = "warehouse";

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  /**
   * The nights of a pipeline.
   *
   * @throws UsageException where it has no {@code schedule}
   */
  static PipelineNights of(Workspace workspace) {
    PipelineSpec spec = workspace.pipeline().spec();
    return spec.schedule()
        .map(schedule -> NightClock.of(spec.timezone(), schedule, spec.source().from()))
        .map(clock -> new PipelineNights(workspace, clock))
        .orElseThrow(
            () ->
                new UsageException(
                    "%s does not say when it runs. Add for example  schedule: {at: \"03:00\"}"
                        .formatted(spec.name().value())));
  }

  String name() {
    return workspace.pipeline().spec().name().value();
  }

  ZoneId zone() {
    return clock.zone();
  }

  /** A moment in the pipeline's zone. */
  String text(Instant moment) {
    return MINUTE.format(moment.atZone(zone()));
  }

  /**
   * The bundles of the pipeline, newest first, without their coordinators. One of the same name
   * that works on another warehouse is another pipeline's.
   */
  List<Bundle> bundles(OozieServer server) throws OozieException {
    return server.bundles(name()).stream().filter(this::isOurs).toList();
  }

  private boolean isOurs(Bundle bundle) {
    Optional<String> warehouse = Optional.ofNullable(bundle.properties().get(WAREHOUSE));
    return warehouse
        .map(root -> new Path(root).toUri().getPath())
        .map(path -> path.equals(workspace.warehouse().root().toUri().getPath()))
        .orElse(true);
  }
}
