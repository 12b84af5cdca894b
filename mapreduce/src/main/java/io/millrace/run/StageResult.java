package io.millrace.run;

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
 * @param madeOf what the job of clean had prepared for it, where it was made of that
 * @param seconds from its start until it was published
 */
public record StageResult(
    SortedMap<String, Long> counts,
    SortedMap<String, Long> quarantined,
    List<String> notes,
    Optional<MadeOf> madeOf,
    double seconds) {
  public StageResult {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    quarantined = Collections.unmodifiableSortedMap(new TreeMap<>(quarantined));
    notes = List.copyOf(notes);
  }
}
