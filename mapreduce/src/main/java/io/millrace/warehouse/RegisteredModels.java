package io.millrace.warehouse;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.ModelVersions;
import io.millrace.model.card.ModelVersions.Choice;
import io.millrace.plan.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a registered model as they were when they were first asked for: what is trained
 * or decided meanwhile is for the next command. Errors of file systems come as {@link
 * UncheckedIOException}. Thread-safe.
 */
public final class RegisteredModels implements Models {
  private final Warehouse warehouse;
  private final String name;
  private final Map<ModelVersion, Optional<ModelCard>> cards = new HashMap<>();
  private @Nullable ModelRegistry registry;
  private @Nullable ModelVersions versions;

  public RegisteredModels(Warehouse warehouse, String name) {
    this.warehouse = warehouse;
    this.name = name;
  }

  @Override
  public synchronized Choice chosenFor(LocalDate date) {
    return versions().chosenFor(date);
  }

  @Override
  public synchronized Optional<ModelCard> card(ModelVersion version) {
    return cards.computeIfAbsent(
        version,
        key -> {
          try {
            return registry().card(name, key);
          } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
        });
  }

  private ModelVersions versions() {
    if (versions == null) {
      try {
        versions = registry().versions(name);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return versions;
  }

  private ModelRegistry registry() throws IOException {
    if (registry == null) {
      registry = new ModelRegistry(warehouse);
    }
    return registry;
  }
}
