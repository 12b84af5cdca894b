package io.millrace.run;

import io.millrace.plan.StageId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a stage that ran.
 *
 * @param counts by the counters' names
 * @param quarantined how many records were quarantined by which rule
 * @param notes for a person: what was unusual
 * @param madeBy the stage whose job has made it, where it was not its own
 * @param seconds from its start until it was published
 */
public record StageResult(
    SortedMap<String, Long> counts,
    SortedMap<String, Long> quarantined,
    List<String> notes,
    Optional<StageId> madeBy,
    double seconds) {
  public StageResult {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    quarantined = Collections.unmodifiableSortedMap(new TreeMap<>(quarantined));
    notes = List.copyOf(notes);
  }
}
