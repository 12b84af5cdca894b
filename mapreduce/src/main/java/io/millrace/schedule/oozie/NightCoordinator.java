package io.millrace.schedule.oozie;

import io.millrace.plan.StageId;
import io.millrace.plan.StageKind;
import io.millrace.schedule.HistoryInput;
import io.millrace.schedule.Landing;
import io.millrace.schedule.ScheduledPipeline;
import io.millrace.spec.DurationReader;
import io.millrace.spec.SourceSpec.Landed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code coordinator.xml}: a night a day. */
final class NightCoordinator {
  private static final String LANDING = "landing";
  private static final int WAITING_AT_ONCE = 60;

  /** Ten years: Oozie ends what waits much sooner. */
  private static final int MINUTES_FOR_EVER = 5_256_000;

  private final ScheduledPipeline pipeline;
  private final Coordinators coordinators;
  private final Optional<DatedFolder> folder;

  /**
   * For a pipeline.
   *
   * @param folder that nights wait for; empty where their workflows do so
   */
  NightCoordinator(
      ScheduledPipeline pipeline, Coordinators coordinators, Optional<DatedFolder> folder) {
    this.pipeline = pipeline;
    this.coordinators = coordinators;
    this.folder = folder;
  }

  String render() {
    XmlWriter xml = new XmlWriter();
    xml.comment(
        ("Each night of %s: once a day at the time of day of ${start} in the zone %s, also when clocks change. A night"
                + " works on what landed %s, and runs workflow.xml as soon as its input is there.")
            .formatted(
                pipeline.name(),
                coordinators.zone(),
                pipeline.clock().daysBack() == 1 ? "the day before" : "on its own day"));
    coordinators.open(xml, pipeline.name() + "-nightly", "${coord:days(1)}", "${start}").blank();
    controls(xml);
    dataSets(xml);
    inputs(xml);
    outputs(xml);
    action(xml);
    return xml.close().end();
  }

  private static void controls(XmlWriter xml) {
    xml.comment(
            ("Nights do not wait for one another, only for data: one whose input is late, or which needs a day that has"
                    + " failed, lets later ones pass. It may wait as long as Oozie allows (60 days, unless the server says"
                    + " otherwise); up to %d wait at one time, and ${concurrency} run.")
                .formatted(WAITING_AT_ONCE))
        .open("controls")
        .element("timeout", "-1")
        .element("concurrency", "${concurrency}")
        .element("throttle", String.valueOf(WAITING_AT_ONCE))
        .close()
        .blank();
  }

  private void dataSets(XmlWriter xml) {
    coordinators.explainDataSets(xml);
    xml.open("datasets");
    folder.ifPresent(
        input -> {
          coordinators
              .openDataSet(xml, LANDING, pipeline.from().plusDays(input.daysLater()))
              .element("uri-template", input.template())
              .element(
                  "done-flag",
                  pipeline.landing().landed() instanceof Landed.DoneFlag flag ? flag.name() : "")
              .close();
        });
    Set<StageId> stages = new TreeSet<>(made());
    pipeline.night().history().forEach(input -> stages.add(input.of()));
    stages.forEach(stage -> coordinators.dataSet(xml, stage));
    xml.close().blank();
  }

  private void inputs(XmlWriter xml) {
    List<HistoryInput> history = pipeline.night().history();
    if (folder.isEmpty() && history.isEmpty()) {
      return;
    }
    if (!history.isEmpty()) {
      xml.comment(
          "What a night reads of earlier ones: it waits until all of it is there, and goes on once a day that is broken"
              + " has been repaired. Days before the first count as there.");
    }
    xml.open("input-events");
    history.forEach(input -> coordinators.input(xml, input));
    folder.ifPresent(
        input ->
            xml.open("data-in", "name", LANDING, "dataset", LANDING)
                .element("instance", coordinators.instance(input.daysLater()))
                .close());
    xml.close().blank();
    if (folder.isPresent()) {
      inputLogic(xml, history);
    }
  }

  /** Each has a minimum and a wait of its own: they pass from one to the next otherwise. */
  private void inputLogic(XmlWriter xml, List<HistoryInput> history) {
    Landing landing = pipeline.landing();
    xml.comment(
            ("After %s without the input of its date a night begins all the same, and %s: what has not come after so many"
                    + " minutes is done without (min=\"0\").%s")
                .formatted(
                    DurationReader.text(landing.patience()),
                    landing.missingIsEmpty()
                        ? "goes on with a day without records"
                        : "says by itself what is missing",
                    history.isEmpty()
                        ? ""
                        : " Of what earlier nights make that never happens: ten years are more than Oozie lets anything wait."))
        .open("input-logic")
        .open("and", "name", "ready");
    for (HistoryInput input : history) {
      lenient(xml, Coordinators.name(input.of()), MINUTES_FOR_EVER);
    }
    lenient(xml, LANDING, landing.patience().toMinutes());
    xml.close().close().blank();
  }

  private static void lenient(XmlWriter xml, String input, long minutes) {
    xml.empty("data-in", "dataset", input, "min", "0", "wait", String.valueOf(minutes));
  }

  private void outputs(XmlWriter xml) {
    xml.comment(
            "What a night makes. A rerun cleans nothing up (nocleanup): what is there is replaced when its successor is"
                + " complete, and left alone where it is up to date.")
        .open("output-events");
    for (StageId stage : made()) {
      String name = Coordinators.name(stage);
      xml.line(
          "data-out",
          "instance",
          coordinators.instance(0),
          "name",
          name,
          "dataset",
          name,
          "nocleanup",
          "true");
    }
    xml.close().blank();
  }

  /** Joined rows are made only where features do not fit into memory. */
  private List<StageId> made() {
    return pipeline.night().makes().stream()
        .filter(stage -> stage.kind() != StageKind.JOIN)
        .toList();
  }

  private void action(XmlWriter xml) {
    xml.open("action")
        .open("workflow")
        .element("app-path", "${app}/workflow.xml")
        .comment("Beside this, a workflow has all properties of the job.")
        .open("configuration");
    coordinators.dateProperty(xml);
    if (pipeline.landing().landed() instanceof Landed.Settled) {
      folder.ifPresent(
          input -> xml.property("input", input.on(coordinators.date(input.daysLater()))));
    }
    xml.close().close();
    Duration end = pipeline.schedule().doneWithin();
    Duration wait = pipeline.landing().patience();
    xml.comment("What counts as late, after the time of the night. Nothing is ended by it.")
        .open("sla:info")
        .element("sla:nominal-time", "${coord:nominalTime()}")
        .element("sla:should-start", Expressions.duration(wait.compareTo(end) < 0 ? wait : end))
        .element("sla:should-end", Expressions.duration(end))
        .element("sla:max-duration", Expressions.duration(end))
        .element("sla:alert-events", "start_miss,end_miss,duration_miss");
    if (!pipeline.schedule().mail().isEmpty()) {
      xml.element("sla:alert-contact", "${mailTo}");
    }
    xml.close().close();
  }
}
