package io.millrace.bench.engine;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * What one process does: the steps, in this order, for each of the dates.
 *
 * @param landing holds the raw files, {@code dt=<date>/*.csv} and {@code *.csv.gz}
 * @param warehouse takes what is made: {@code clean}, {@code quarantine/clean}, {@code
 *     features/<group>} and {@code scores}, each with {@code dt=<date>}
 * @param missing what a NULL is to the model
 */
public record Task(
    Path landing,
    Path warehouse,
    List<LocalDate> dates,
    List<Step> steps,
    Path model,
    float missing) {

  /** Reads what {@link #toArguments} wrote. */
  public static Task parse(List<String> arguments) {
    return new Task(
        Path.of(arguments.get(0)),
        Path.of(arguments.get(1)),
        Arrays.stream(arguments.get(2).split(",", -1)).map(LocalDate::parse).toList(),
        Arrays.stream(arguments.get(3).split(",", -1)).map(Step::valueOf).toList(),
        Path.of(arguments.get(4)),
        Float.parseFloat(arguments.get(5)));
  }

  public List<String> toArguments() {
    return List.of(
        landing.toString(),
        warehouse.toString(),
        String.join(",", dates.stream().map(LocalDate::toString).toList()),
        String.join(",", steps.stream().map(Step::name).toList()),
        model.toString(),
        Float.toString(missing));
  }
}
