package io.millrace.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/**
 * What is done once a week.
 *
 * @param day on which it starts, at the time of the night
 * @param first the first date that has anything to learn from
 * @param history made by nights; that of the training's own date may be among it
 */
public record Training(DayOfWeek day, LocalDate first, Block work, List<HistoryInput> history) {
  public Training {
    history = List.copyOf(history);
  }
}
