package io.millrace.schedule.oozie;

import io.millrace.plan.StageId;
import io.millrace.schedule.HistoryInput;
import io.millrace.schedule.NightClock;
import io.millrace.schedule.Step;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What the coordinators of nights and of trainings have in common. */
final class Coordinators {
  private static final String SAME_NIGHT = "coord:nominalTime()";

  private final NightClock clock;
  private final LocalDate from;
  private final String warehouse;

  /**
   * For a pipeline.
   *
   * @param from its first date
   * @param warehouse the URI of its warehouse
   */
  Coordinators(NightClock clock, LocalDate from, String warehouse) {
    this.clock = clock;
    this.from = from;
    this.warehouse = warehouse;
  }

  /** A zone as Oozie knows it: offsets have another name there. */
  static String zone(ZoneId zone) {
    if (!(zone.normalized() instanceof ZoneOffset offset)) {
      return zone.getId();
    }
    if (offset.getTotalSeconds() % 60 != 0) {
      throw new IllegalArgumentException(
          "Cannot schedule in the zone %s: Oozie has no seconds in an offset. Change `timezone`."
              .formatted(zone));
    }
    return offset.equals(ZoneOffset.UTC) ? "UTC" : "GMT" + offset.getId();
  }

  String zone() {
    return zone(clock.zone());
  }

  /** The start of a coordinator. */
  XmlWriter open(XmlWriter xml, String name, String frequency, String start) {
    return xml.open(
        "coordinator-app",
        "name",
        name,
        "frequency",
        frequency,
        "start",
        start,
        "end",
        "${end}",
        "timezone",
        zone(),
        "xmlns",
        "uri:oozie:coordinator:0.5",
        "xmlns:sla",
        "uri:oozie:sla:0.2");
  }

  void explainDataSets(XmlWriter xml) {
    xml.comment(
        ("What lies in folders by date. An instance lies at %02d:00 of each day: at that hour it is the same day here and in"
                + " UTC, which YEAR, MONTH and DAY go by. Seen from a night, coord:current(%d) is the landing date that it"
                + " works on, and smaller numbers are the days before. Where no done-flag is named, a folder counts when"
                + " it holds _SUCCESS, which is written last.")
            .formatted(clock.instanceHour(), clock.landingInstance()));
  }

  /**
   * The start of a data set.
   *
   * @param first its first date
   */
  XmlWriter openDataSet(XmlWriter xml, String name, LocalDate first) {
    return xml.open(
        "dataset",
        "name",
        name,
        "frequency",
        "${coord:days(1)}",
        "initial-instance",
        OozieTime.text(clock.instance(first)),
        "timezone",
        zone());
  }

  /** The partitions that a stage makes. */
  void dataSet(XmlWriter xml, StageId stage) {
    openDataSet(xml, name(stage), from)
        .element(
            "uri-template", warehouse + "/" + stage.mainDataSet() + "/dt=${YEAR}-${MONTH}-${DAY}")
        .close();
  }

  /** The data set of what a stage makes. */
  static String name(StageId stage) {
    return stage.group().isPresent() ? new Step.OfStage(stage).id() : stage.mainDataSet();
  }

  /** What is needed of earlier nights. */
  void input(XmlWriter xml, HistoryInput input) {
    String name = name(input.of());
    xml.open("data-in", "name", name, "dataset", name);
    String last = instance(-input.lastDaysBack());
    if (input.first() instanceof HistoryInput.First.DaysBack back
        && back.days() == input.lastDaysBack()) {
      xml.element("instance", last);
    } else {
      xml.element("start-instance", first(input.first())).element("end-instance", last);
    }
    xml.close();
  }

  private String first(HistoryInput.First first) {
    return first instanceof HistoryInput.First.DaysBack back
        ? instance(-back.days())
        : "${coord:absolute('%s')}"
            .formatted(OozieTime.text(clock.instance(((HistoryInput.First.On) first).date())));
  }

  /** The instance of a date, seen from the landing date. */
  String instance(int daysLater) {
    return Expressions.instance(clock.landingInstance() + daysLater);
  }

  /** An expression for a date, seen from the landing date; in the zone of the pipeline. */
  String date(int daysLater) {
    String local =
        zone().equals("UTC")
            ? SAME_NIGHT
            : "coord:dateTzOffset(%s, '%s')".formatted(SAME_NIGHT, zone());
    int days = daysLater - clock.daysBack();
    return days == 0 ? local : "coord:dateOffset(%s, %d, 'DAY')".formatted(local, days);
  }

  /** The landing date as commands take it. */
  void dateProperty(XmlWriter xml) {
    xml.property("date", "${coord:formatTime(%s, 'yyyy-MM-dd')}".formatted(date(0)));
  }
}
