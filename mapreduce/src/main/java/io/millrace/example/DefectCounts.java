package io.millrace.example;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was really written into one landing day, and what the example's pipeline must therefore
 * count.
 *
 * @param date the landing date
 * @param transactions different transactions, late ones included
 * @param fraudulent how many of these are fraud, whether the label says so or not
 * @param defects every defect, with the number of transactions that have it
 */
public record DefectCounts(
    LocalDate date, long transactions, long fraudulent, Map<Defect, Long> defects) {
  public DefectCounts {
    EnumMap<Defect, Long> all = new EnumMap<>(Defect.class);
    for (Defect defect : Defect.values()) {
      all.put(defect, defects.getOrDefault(defect, 0L));
    }
    defects = Collections.unmodifiableMap(all);
  }

  public long of(Defect defect) {
    return defects.getOrDefault(defect, 0L);
  }

  /** Lines without headers: what a run reads. */
  public long lines() {
    return transactions + duplicates();
  }

  /** What a run drops in favour of another line. */
  public long duplicates() {
    return sum(Defect.Effect.DUPLICATED);
  }

  /**
   * What a run quarantines.
   *
   * @param initialLoad whether the pipeline starts on this date: then no event is too late
   */
  public long quarantined(boolean initialLoad) {
    return sum(Defect.Effect.QUARANTINED) - (initialLoad ? of(Defect.TOO_LATE) : 0);
  }

  /**
   * What a run keeps.
   *
   * @param initialLoad whether the pipeline starts on this date: then no event is too late
   */
  public long kept(boolean initialLoad) {
    return transactions - quarantined(initialLoad);
  }

  private long sum(Defect.Effect effect) {
    long sum = 0;
    for (Map.Entry<Defect, Long> entry : defects.entrySet()) {
      if (entry.getKey().effect() == effect) {
        sum += entry.getValue();
      }
    }
    return sum;
  }
}
