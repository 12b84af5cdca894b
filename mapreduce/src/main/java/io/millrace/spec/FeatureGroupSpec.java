package io.millrace.spec;

import java.util.List;
import java.util.Optional;

/**
 * Features of one kind of entity.
 *
 * @param entity the columns that name an entity
 * @param windows lengths in days, ascending
 * @param delayDays how many days before the date the windows end
 * @param where which records count
 * @param derive columns over those of a row of features
 */
public record FeatureGroupSpec(
    Located<String> name,
    List<Located<String>> entity,
    List<Integer> windows,
    int delayDays,
    Optional<Located<String>> where,
    List<NamedExpression> aggregates,
    List<NamedExpression> derive) {
  public FeatureGroupSpec {
    entity = List.copyOf(entity);
    windows = List.copyOf(windows);
    aggregates = List.copyOf(aggregates);
    derive = List.copyOf(derive);
  }
}
