package io.millrace.model.card;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a model, and the rule which of them scores a date: one that was put into
 * production by hand, whatever the date; else the newest that was accepted and was trained on the
 * date or before it.
 */
public final class ModelVersions {
  private final String name;
  private final NavigableSet<ModelVersion> versions;
  private final Predicate<ModelVersion> isAccepted;
  private final Optional<Production> decision;

  /**
   * The versions that there are.
   *
   * @param isAccepted asked of as few versions as the rule needs
   * @param decision the last one that somebody made
   */
  public ModelVersions(
      String name,
      Collection<ModelVersion> versions,
      Predicate<ModelVersion> isAccepted,
      Optional<Production> decision) {
    this.name = name;
    this.versions = new TreeSet<>(versions);
    this.isAccepted = isAccepted;
    this.decision = decision;
  }

  /** Which version scores, or why none does. */
  public sealed interface Choice {
    /**
     * A version.
     *
     * @param byHand whether somebody put it into production
     */
    record Chosen(ModelVersion version, boolean byHand) implements Choice {}

    /**
     * None.
     *
     * @param why for a person
     */
    record None(String why) implements Choice {}

    /** The version, where there is one. */
    default Optional<ModelVersion> found() {
      return this instanceof Chosen chosen ? Optional.of(chosen.version()) : Optional.empty();
    }
  }

  /** All of them, oldest first. */
  public List<ModelVersion> all() {
    return List.copyOf(versions);
  }

  public boolean has(ModelVersion version) {
    return versions.contains(version);
  }

  /** The version that scores what landed on a date. */
  public Choice chosenFor(LocalDate date) {
    Optional<ModelVersion> byHand = byHand();
    if (byHand.isPresent()) {
      return versions.contains(byHand.get())
          ? new Choice.Chosen(byHand.get(), true)
          : new Choice.None(
              "version %s of the model %s was put into production by hand and is no longer there"
                  .formatted(byHand.get(), name));
    }
    NavigableSet<ModelVersion> trained =
        versions.headSet(new ModelVersion(date, Integer.MAX_VALUE), true);
    Optional<ModelVersion> newest = newestAccepted(trained);
    return newest.isPresent()
        ? new Choice.Chosen(newest.get(), false)
        : new Choice.None(none(trained, date));
  }

  /** The version that scores now: that of a date which lies behind all training. */
  public Choice inProduction() {
    return chosenFor(LocalDate.MAX);
  }

  private String none(NavigableSet<ModelVersion> trained, LocalDate date) {
    if (versions.isEmpty()) {
      return "no version of the model %s was trained yet".formatted(name);
    }
    if (trained.isEmpty()) {
      return "no version of the model %s was trained by then; the oldest is %s"
          .formatted(name, versions.first());
    }
    return date.equals(LocalDate.MAX)
        ? "no version of the model %s was accepted".formatted(name)
        : "no version of the model %s that was trained by then was accepted; the newest of them is %s"
            .formatted(name, trained.last());
  }

  private Optional<ModelVersion> newestAccepted(NavigableSet<ModelVersion> some) {
    return some.descendingSet().stream().filter(isAccepted).findFirst();
  }

  private Optional<ModelVersion> byHand() {
    return decision.map(Production::version);
  }

  /** The decision that a version scores from now on; empty: the rule chooses again. */
  public Production promote(Optional<ModelVersion> version, String by, Instant at) {
    return decide(Production.Action.PROMOTE, version.orElse(null), by, at);
  }

  /**
   * The decision that takes back what is in production: a promotion is undone; otherwise the next
   * older version that was accepted scores from now on.
   *
   * @throws IllegalArgumentException where there is no such version
   */
  public Production rollback(String by, Instant at) {
    boolean wasPromoted =
        decision.isPresent() && decision.get().action() == Production.Action.PROMOTE;
    if (wasPromoted) {
      return decide(Production.Action.ROLLBACK, decision.get().before(), by, at);
    }
    Choice now = inProduction();
    if (now instanceof Choice.None none) {
      throw new IllegalArgumentException("Cannot roll back %s: %s".formatted(name, none.why()));
    }
    ModelVersion version = now.found().orElseThrow();
    ModelVersion older =
        newestAccepted(versions.headSet(version, false))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot roll back %s: no version before %s was accepted"
                            .formatted(name, version)));
    return decide(Production.Action.ROLLBACK, older, by, at);
  }

  private Production decide(
      Production.Action action, @Nullable ModelVersion version, String by, Instant at) {
    return new Production(action, version, byHand().orElse(null), by, at);
  }
}
