package io.millrace.schedule.oozie;

import io.millrace.schedule.ScheduledPipeline;
import io.millrace.schedule.Training;
import java.time.format.TextStyle;
import java.util.Locale;

/** {@code training-coordinator.xml}: a training a week. */
final class TrainingCoordinator {
  private final ScheduledPipeline pipeline;
  private final Training training;
  private final Coordinators coordinators;

  TrainingCoordinator(ScheduledPipeline pipeline, Training training, Coordinators coordinators) {
    this.pipeline = pipeline;
    this.training = training;
    this.coordinators = coordinators;
  }

  String render() {
    XmlWriter xml = new XmlWriter();
    xml.comment(
        ("The training of %s: once a week, on the day of the week and at the time of day of ${trainingStart} (%s, in the"
                + " zone %s). It makes nothing of what nights make, but waits until they have made all that it learns from, and"
                + " runs training-workflow.xml.")
            .formatted(
                pipeline.name(),
                training.day().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                coordinators.zone()));
    coordinators
        .open(xml, pipeline.name() + "-training", "${coord:days(7)}", "${trainingStart}")
        .blank();
    xml.open("controls").element("timeout", "-1").element("concurrency", "1").close().blank();
    coordinators.explainDataSets(xml);
    xml.open("datasets");
    training.history().forEach(input -> coordinators.dataSet(xml, input.of()));
    xml.close().blank();
    xml.comment("All days that it learns from. Days before the first count as there.")
        .open("input-events");
    training.history().forEach(input -> coordinators.input(xml, input));
    xml.close().blank();
    xml.open("action")
        .open("workflow")
        .element("app-path", "${app}/training-workflow.xml")
        .open("configuration");
    coordinators.dateProperty(xml);
    return xml.close().close().close().close().end();
  }
}
