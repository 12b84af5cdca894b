package io.millrace.cli;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.ModelVersions;
import io.millrace.model.card.ModelVersions.Choice;
import io.millrace.warehouse.ModelRegistry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A model and its versions, as a command finds them. */
record RegisteredModel(ModelRegistry registry, String name, ModelVersions versions) {
  private static final String PRODUCTION = "production";
  private static final int MOST_LISTED = 10;

  /**
   * The version that somebody writes: {@code 2026-11-15-1}, or {@code production} for the one that
   * scores now.
   *
   * @throws UsageException where there is no such version
   */
  ModelVersion find(String text) {
    if (text.equals(PRODUCTION)) {
      Choice choice = versions.inProduction();
      return choice
          .found()
          .orElseThrow(
              () ->
                  new UsageException(
                      "No version is in production: %s.".formatted(((Choice.None) choice).why())));
    }
    ModelVersion version;
    try {
      version = ModelVersion.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    if (!versions.has(version)) {
      throw new UsageException(
          "There is no version %s of the model %s. There %s."
              .formatted(version, name, listed(versions.all())));
    }
    return version;
  }

  private static String listed(List<ModelVersion> all) {
    if (all.isEmpty()) {
      return "is none yet";
    }
    int first = Math.max(0, all.size() - MOST_LISTED);
    String shown =
        all.subList(first, all.size()).stream()
            .map(ModelVersion::toString)
            .collect(Collectors.joining(", "));
    return "are " + (first > 0 ? "%d older ones, ".formatted(first) : "") + shown;
  }

  ModelCard card(ModelVersion version) throws IOException {
    return registry
        .card(name, version)
        .orElseThrow(
            () ->
                new UsageException(
                    "There is no version %s of the model %s any more.".formatted(version, name)));
  }

  /** What `registry:` takes, in a sentence. */
  String inProduction() {
    Choice choice = versions.inProduction();
    if (choice instanceof Choice.Chosen chosen) {
      return "registry:%s takes %s%s."
          .formatted(
              name,
              chosen.version(),
              chosen.byHand()
                  ? " on every date, as somebody put it into production"
                  : ", the newest that was accepted; on earlier dates the newest of then");
    }
    return "registry:%s takes no version: %s.".formatted(name, ((Choice.None) choice).why());
  }

  Map<String, Object> productionJson() {
    Choice choice = versions.inProduction();
    Map<String, Object> json = new LinkedHashMap<>();
    if (choice instanceof Choice.Chosen chosen) {
      json.put("version", chosen.version().toString());
      json.put("byHand", chosen.byHand());
    } else {
      json.put("why", ((Choice.None) choice).why());
    }
    return json;
  }
}
