package io.millrace.schedule.oozie;

import io.millrace.schedule.ScheduledPipeline;

/** {@code bundle.xml}: the coordinators that belong together. */
final class Bundle {
  private Bundle() {}

  static String render(ScheduledPipeline pipeline) {
    XmlWriter xml = new XmlWriter();
    xml.comment(
            "All that runs %s by itself: started, stopped and looked at as one. Coordinators have all properties of the job."
                .formatted(pipeline.name()))
        .open("bundle-app", "name", pipeline.name(), "xmlns", "uri:oozie:bundle:0.2")
        .line("coordinator", "app-path", "${app}/coordinator.xml", "name", "nightly");
    if (pipeline.training().isPresent()) {
      xml.line("coordinator", "app-path", "${app}/training-coordinator.xml", "name", "training");
    }
    return xml.close().end();
  }
}
