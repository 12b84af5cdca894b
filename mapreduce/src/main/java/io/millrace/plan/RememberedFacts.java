package io.millrace.plan;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks for manifests once, however often they are asked for. */
final class RememberedFacts implements Facts {
  private final Facts facts;
  private final Map<PartitionName, Optional<Manifest>> manifests = new HashMap<>();

  RememberedFacts(Facts facts) {
    this.facts = facts;
  }

  @Override
  public Optional<Manifest> manifest(String dataSet, LocalDate date) {
    return manifests.computeIfAbsent(
        new PartitionName(dataSet, date), name -> facts.manifest(dataSet, date));
  }

  @Override
  public RawDay raw(LocalDate date) {
    return facts.raw(date);
  }
}
