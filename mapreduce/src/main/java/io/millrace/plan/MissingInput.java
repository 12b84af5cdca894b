package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An input that is not there, or not as it should be.
 *
 * @param dataSet such as {@code partials/card}; or {@code raw}, or {@code models/fraud}
 */
public record MissingInput(String dataSet, LocalDate date, Reason why) {
  /** A model that has no version for a date. */
  static MissingInput of(MissingModel model, LocalDate date) {
    return new MissingInput(model.place(), date, Reason.of(Reason.Kind.NO_SOURCE, model.why()));
  }

  /** Tells of inputs, of several dates at once where the reason is the same. */
  public static List<String> together(List<MissingInput> inputs) {
    return origins(inputs).stream().map(Reason.Origin::shortText).toList();
  }

  static List<Reason.Origin> origins(List<MissingInput> inputs) {
    Map<Reason.Origin, List<LocalDate>> dates = new LinkedHashMap<>();
    Map<Reason.Origin, List<Reason>> reasons = new LinkedHashMap<>();
    for (MissingInput input : inputs) {
      Reason.Origin undated = origin(input.dataSet(), input.why().undated());
      dates.computeIfAbsent(undated, key -> new ArrayList<>()).add(input.date());
      reasons.computeIfAbsent(undated, key -> new ArrayList<>()).add(input.why());
    }
    List<Reason.Origin> origins = new ArrayList<>();
    dates.forEach(
        (undated, days) ->
            origins.add(
                origin(undated.dataSet(), Reason.together(reasons.getOrDefault(undated, List.of())))
                    .on(days)));
    return origins;
  }

  private static Reason.Origin origin(String dataSet, Reason why) {
    return new Reason.Origin(dataSet, new TreeSet<>(), List.of(new Change.NotReady(why)));
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(Dates.of(List.of(date)).of(dataSet), why.shortText());
  }
}
