package io.millrace.loops;

import io.millrace.aggregate.Computation;
import io.millrace.aggregate.ComputationCompiler;
import io.millrace.aggregate.PartialSettings;
import io.millrace.aggregate.StateCall;
import io.millrace.example.CardFraudGenerator;
import io.millrace.example.CardFraudSettings;
import io.millrace.example.Examples;
import io.millrace.expression.CompiledProgram;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.Step;
import io.millrace.expression.TypedExpression;
import io.millrace.pipeline.Binder;
import io.millrace.pipeline.Cleaning;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.quality.EventTimeLimits;
import io.millrace.quality.RowCheck;
import io.millrace.quality.StepText;
import io.millrace.row.Row;
import io.millrace.source.LineDecoder;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.SpecParser;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pipeline of the example card-fraud, and the first lines of one landing date of its data. */
final class CardDay {
  /** How many lines there are: the operations of an invocation that takes all of them. */
  static final int LINES = 20_000;

  private static final LocalDate DATE = LocalDate.of(2026, 1, 31);
  private static final String MODEL = "scorecard.onnx";

  final Pipeline pipeline;
  final ZoneId zone;
  final byte[] model;

  /** The lines with their line feeds, the header in front; the data starts at the first start. */
  final byte[] text;

  /** Where each line starts; the next one's start is a byte behind its end. */
  final int[] starts = new int[LINES + 1];

  final byte[] header;
  final CompiledProgram program;
  private final List<StepText> steps = new ArrayList<>();

  CardDay() throws IOException {
    Map<String, ByteArrayOutputStream> files = new HashMap<>();
    CardFraudSettings settings =
        CardFraudSettings.of(DATE, 1)
            .withCards(100_000)
            .withTerminals(5_000)
            .withTransactions(30_000)
            .withFiles(1, 0);
    new CardFraudGenerator(settings)
        .generate(path -> files.computeIfAbsent(path, any -> new ByteArrayOutputStream()));
    model = file(files, MODEL);
    text = file(files, ".csv");
    header = header();
    Examples.Example example = Examples.named("card-fraud").orElseThrow();
    String yaml = new String(read(example, "pipeline.yaml"), StandardCharsets.UTF_8);
    PipelineSpec spec =
        SpecParser.parse("pipeline.yaml", yaml, Map.of("landing", "/in", "warehouse", "/out"));
    pipeline =
        Binder.bind(spec, path -> path.endsWith(MODEL) ? model : read(example, path));
    zone = spec.timezone();
    program = new ExpressionCompiler(zone).compile(cleaning().rows(), cleaning().steps());
    for (Step step : cleaning().steps()) {
      TypedExpression expression = step.expression();
      steps.add(new StepText(step.name(), expression.sql(), List.copyOf(expression.columns())));
    }
  }

  private static byte[] read(Examples.Example example, String path) throws IOException {
    try (InputStream in = example.open(path)) {
      return in.readAllBytes();
    }
  }

  private static byte[] file(Map<String, ByteArrayOutputStream> files, String end)
      throws IOException {
    for (Map.Entry<String, ByteArrayOutputStream> file : files.entrySet()) {
      if (file.getKey().endsWith(end)) {
        return file.getValue().toByteArray();
      }
    }
    throw new FileNotFoundException(end + " among " + files.keySet());
  }

  /** Finds where lines start; the first one is the header. */
  private byte[] header() {
    int found = 0;
    for (int at = 0; found <= LINES; at++) {
      if (text[at] == '\n') {
        starts[found++] = at + 1;
      }
    }
    return Arrays.copyOf(text, starts[0] - 1);
  }

  Cleaning cleaning() {
    return pipeline.cleaning();
  }

  LineDecoder newDecoder() {
    LineDecoder decoder =
        LineDecoder.of(pipeline.spec().source().format(), cleaning().source(), zone);
    decoder.startFile(header);
    return decoder;
  }

  RowCheck newCheck() {
    EventTimeLimits limits =
        new EventTimeLimits(
            cleaning().rows(), cleaning().eventTime().orElseThrow(), zone, DATE, 3);
    return new RowCheck(cleaning().rows(), program.load(), steps, limits);
  }

  Row newRow() {
    return program.newRow(cleaning().rows().size());
  }

  /** As the maps of partials get them. */
  PartialSettings partials(String name) {
    FeatureGroup group = pipeline.group(name);
    Map<TypedExpression, Step.Assign> computed = new LinkedHashMap<>();
    List<String> arguments = new ArrayList<>();
    for (StateCall state : group.states()) {
      arguments.add(
          state
              .argument()
              .map(
                  argument ->
                      argument
                          .column()
                          .orElseGet(
                              () ->
                                  computed
                                      .computeIfAbsent(
                                          argument,
                                          key ->
                                              new Step.Assign(
                                                  key.sql(), key, "$" + computed.size()))
                                      .column()))
              .orElse(""));
    }
    Computation computation =
        new ComputationCompiler(zone)
            .compile(group.clean(), List.of(), List.copyOf(computed.values()));
    return new PartialSettings(
        group.clean().toAvro().toString(),
        group.readColumns(),
        group.clean().toReaderAvro().toString(),
        group.entity(),
        group.eventTime(),
        zone.getId(),
        computation,
        group.states().stream().map(StateCall::settings).toList(),
        arguments);
  }
}
