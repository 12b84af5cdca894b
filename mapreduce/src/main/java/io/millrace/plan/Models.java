package io.millrace.plan;

import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.ModelVersions.Choice;
import java.time.LocalDate;
import java.util.Optional;

/** The versions of the registered model that a pipeline scores with. */
public interface Models {
  /** The version that scores a date, or why there is none. */
  Choice chosenFor(LocalDate date);

  /** Those of a pipeline that has no registered model, or none of its versions. */
  static Models none() {
    return new Models() {
      @Override
      public Choice chosenFor(LocalDate date) {
        return new Choice.None("no version of the model was trained yet");
      }

      @Override
      public Optional<ModelCard> card(ModelVersion version) {
        return Optional.empty();
      }
    };
  }

  /** The card of a version, where it exists. */
  Optional<ModelCard> card(ModelVersion version);
}
