package io.millrace.job.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.job.io.JobSettings;
import io.millrace.model.ElementType;
import io.millrace.model.ModelOutput;
import io.millrace.pipeline.Scoring;
import io.millrace.spec.ScoreSpec.Missing;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreSettingsTest {
  static List<Scoring> scorings() {
    Scoring plain = Cards.logistic(new Missing.NotANumber(), new Missing.Value(-0.5));
    return List.of(
        plain,
        Cards.table(),
        new Scoring(
            plain.features(),
            plain.inputs(),
            new ModelOutput(
                "output_probability", "probabilities", ElementType.FLOAT, OptionalInt.of(1)),
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("scorings")
  void shouldArriveAsTheyLeft(Scoring scoring) throws IOException {
    Configuration configuration = new Configuration(false);
    JobSettings.put(configuration, ScoreSettings.of(scoring, 256));

    ScoreSettings settings = JobSettings.get(configuration, ScoreSettings.class);
    Scoring arrived = settings.toScoring();
    assertEquals(256, settings.batchRows());
    assertEquals(scoring.inputs(), arrived.inputs());
    assertEquals(scoring.output(), arrived.output());
    assertEquals(scoring.keep(), arrived.keep());
    assertEquals(scoring.features().toAvro(), arrived.features().toAvro());
  }
}
