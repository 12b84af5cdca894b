package io.millrace.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.spec.CleanSpec.Deduplicate;
import io.millrace.spec.CleanSpec.Keep;
import io.millrace.spec.ScoreSpec.Inputs;
import io.millrace.spec.ScoreSpec.Missing;
import io.millrace.spec.ScoreSpec.Output;
import io.millrace.spec.SourceSpec.Landed;
import io.millrace.spec.SourceSpec.Lateness;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecParserTest {
  private static final String SMALLEST =
      """
      pipeline: p
      warehouse: /w
      source: {path: /in, schema: s.avsc, from: 2026-01-01, event_time: t}
      """;
  private static final String WITH_FEATURES =
      SMALLEST + "features: {card: {entity: c, windows: 1d, aggregates: {n: COUNT(*)}}}\n";

  private static PipelineSpec parse(String yaml) {
    return SpecParser.parse("p.yaml", yaml, Map.of());
  }

  private static FormatSpec.Csv csv(String options) {
    return (FormatSpec.Csv)
        parse(
                """
                pipeline: p
                warehouse: /w
                source:
                  path: /in
                  schema: s.avsc
                  from: 2026-01-01
                  options:\s"""
                    + options)
            .source()
            .format();
  }

  private static CleanSpec clean(String clean) {
    return parse(SMALLEST + "clean: " + clean).clean();
  }

  private static ScoreSpec score(String keys) {
    return parse(WITH_FEATURES + "score: {rows: entities, model: m.onnx" + keys + "}")
        .score()
        .orElseThrow();
  }

  private static List<String> values(List<Located<String>> located) {
    return located.stream().map(Located::value).toList();
  }

  private static List<String> names(List<NamedExpression> expressions) {
    return expressions.stream().map(expression -> expression.name().value()).toList();
  }

  private static SourceSpec source(String path, String keys) {
    return parse(
            "pipeline: p\nwarehouse: /w\nsource: {path: '%s', schema: s.avsc, from: 2026-01-01%s}"
                .formatted(path, keys))
        .source();
  }

  @ParameterizedTest
  @CsvSource({
    "/in/dt=${date}, /in/dt=2026-03-01",
    "/in/dt=${date}/*.csv, /in/dt=2026-03-01",
    "/in/${date:yyyy/MM}/${date:dd}/part-[0-9]/*, /in/2026/03/01",
    "'hdfs://nn:8020/in/${date}/{a,b}', hdfs://nn:8020/in/2026-03-01",
    "in/${date}?, in",
    "/${date}*, ''",
    "*/${date}, ''"
  })
  void shouldKnowTheFolderOfADate(String path, String folder) {
    assertEquals(folder, source(path, "").folder(LocalDate.of(2026, 3, 1)));
  }

  @Test
  void shouldReadHowInputIsSeenToHaveLanded() {
    assertEquals(new Landed.DoneFlag("_OK"), source("/${date}", ", done_flag: _OK").landed());
    assertEquals(
        new Landed.Settled(Duration.ofHours(2)), source("/${date}", ", settle: 2h").landed());
    assertEquals(new Landed.Settled(Duration.ZERO), source("/${date}", ", settle: 0m").landed());
  }

  @Test
  void shouldReadAWholePipeline() throws IOException {
    PipelineSpec spec =
        SpecParser.parse(
            "card-fraud.yaml",
            Resource.text("card-fraud.yaml"),
            Map.of("warehouse", "hdfs:///wh", "landing", "/landing"));

    assertEquals("card-fraud.yaml", spec.file());
    assertEquals("card-fraud", spec.name().value());
    assertEquals("hdfs:///wh", spec.warehouse().value());
    assertEquals(ZoneId.of("Europe/Berlin"), spec.timezone());

    SourceSpec source = spec.source();
    assertEquals("/landing/dt=${date}", source.path().value());
    assertEquals("transaction.avsc", source.schema().value());
    assertEquals(Optional.of("ts"), source.eventTime().map(Located::value));
    assertEquals(LocalDate.of(2026, 1, 1), source.from());
    assertEquals(SourceSpec.Missing.FAIL, source.missing());
    assertEquals(new Lateness.Days(3), source.lateness());
    assertEquals(
        new FormatSpec.Csv(true, ',', '"', List.of("", "n/a"), List.of(), Map.of()),
        source.format());

    CleanSpec clean = spec.clean();
    assertEquals("LOWER(TRIM(channel))", clean.repair().get(0).sql().value());
    assertEquals("EXTRACT(HOUR FROM ts)", clean.derive().get(0).sql().value());
    assertEquals(List.of("amount_in_range", "known_currency"), names(clean.rules()));
    assertEquals("currency IN ('EUR', 'USD', 'GBP')", clean.rules().get(1).sql().value());
    Deduplicate.ByKey byKey = (Deduplicate.ByKey) clean.deduplicate();
    assertEquals(List.of("txn_id"), values(byKey.columns()));
    assertEquals(Keep.LATEST, byKey.keep());
    assertEquals(new BigDecimal("0.05"), clean.failAbove());

    assertEquals(2, spec.features().size());
    FeatureGroupSpec card = spec.features().get(0);
    assertEquals("card", card.name().value());
    assertEquals(List.of("card_id"), values(card.entity()));
    assertEquals(List.of(1, 7, 30), card.windows());
    assertEquals(0, card.delayDays());
    assertEquals(Optional.empty(), card.where());
    assertEquals(List.of("txn_count", "amount_mean", "web_share"), names(card.aggregates()));
    FeatureGroupSpec terminal = spec.features().get(1);
    assertEquals(7, terminal.delayDays());
    assertEquals(Optional.of("NOT is_fraud"), terminal.where().map(Located::value));

    ScoreSpec score = spec.score().orElseThrow();
    assertEquals(ScoreSpec.Rows.ENTITIES, score.rows());
    assertEquals(Optional.of("card"), score.group().map(Located::value));
    assertEquals("fraud.onnx", score.model().value());
    assertEquals(
        List.of("txn_count_7d", "amount_mean_7d"),
        values(((Inputs.OneTensor) score.inputs()).columns()));
    assertEquals(new Missing.Value(-1.5), score.missing().get("amount_mean_7d").value());
    assertEquals(new Missing.Reject(), score.otherwise());
    assertEquals(
        Optional.of(new Output("probabilities", Optional.of("1"))),
        score.output().map(Located::value));
    assertEquals(List.of("card_id"), values(score.keep()));
    assertEquals(new BigDecimal("0.001"), score.failAbove());
  }

  @Test
  void shouldFillInDefaults() {
    PipelineSpec spec = parse(WITH_FEATURES + "score: {rows: entities, model: m.onnx}");

    assertEquals(ZoneId.of("UTC"), spec.timezone());
    assertEquals(
        new FormatSpec.Csv(true, ',', '"', List.of(""), List.of(), Map.of()),
        spec.source().format());
    assertEquals(SourceSpec.Missing.FAIL, spec.source().missing());
    assertEquals(new Lateness.Unlimited(), spec.source().lateness());
    assertEquals(new Landed.Settled(Duration.ofMinutes(10)), spec.source().landed());
    assertEquals(
        new CleanSpec(List.of(), List.of(), List.of(), new Deduplicate.None(), BigDecimal.ONE),
        spec.clean());
    assertEquals(0, spec.features().get(0).delayDays());
    ScoreSpec score = spec.score().orElseThrow();
    assertEquals(Optional.empty(), score.group());
    assertEquals(new Inputs.SameNames(), score.inputs());
    assertEquals(Map.of(), score.missing());
    assertEquals(new Missing.NotANumber(), score.otherwise());
    assertEquals(Optional.empty(), score.output());
    assertEquals(List.of(), score.keep());
    assertEquals(BigDecimal.ONE, score.failAbove());
  }

  @Test
  void shouldTakeEmptySectionsAsLeftOut() {
    PipelineSpec spec = parse(SMALLEST + "clean:\nfeatures:\n");

    assertEquals(parse(SMALLEST).clean(), spec.clean());
    assertEquals(List.of(), spec.features());
    assertEquals(Optional.empty(), spec.score());
  }

  @Test
  void shouldNotNeedEventTimeForRulesAlone() {
    PipelineSpec spec =
        parse(
            """
            pipeline: p
            warehouse: /w
            source: {path: /in, schema: s.avsc, from: 2026-01-01}
            clean: {rules: {a: a > 0}, deduplicate: exact}
            """);

    assertEquals(Optional.empty(), spec.source().eventTime());
    assertEquals(new Deduplicate.Exact(), spec.clean().deduplicate());
  }

  @Test
  void shouldReadOptionsOfCsv() {
    FormatSpec.Csv csv =
        csv(
            "{header: \"true\", separator: ;, quote: \"'\", nulls: NULL, timestamps:"
                + " [dd.MM.yyyy HH:mm, epoch_millis], columns: {id: Transaction ID}}");

    assertEquals(';', csv.separator());
    assertEquals('\'', csv.quote());
    assertEquals(List.of("NULL"), csv.nulls());
    assertEquals(List.of("dd.MM.yyyy HH:mm", "epoch_millis"), values(csv.timestamps()));
    assertEquals("Transaction ID", csv.columns().get("id").value());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"tab", "\"\\t\"", "'\\t'", "\\t"})
  void shouldReadTabs(String separator) {
    assertEquals('\t', csv("{separator: " + separator + "}").separator());
  }

  @ParameterizedTest
  @CsvSource({"5%, 0.05", "0.05, 0.05", "0.050, 0.05", "100%, 1", "1, 1", "0%, 0", "0.1 %, 0.001"})
  void shouldReadShares(String share, String number) {
    assertEquals(new BigDecimal(number), clean("{fail_above: " + share + "}").failAbove());
  }

  @Test
  void shouldTakeWordsAndNumbersAsSql() {
    CleanSpec clean = clean("{derive: {yes: true, five: 5, no: NULL, five_half: 5.50}}");

    assertEquals(
        List.of("true", "5", "NULL", "5.50"),
        clean.derive().stream().map(expression -> expression.sql().value()).toList());
  }

  @Test
  void shouldReadOutputs() {
    assertEquals(
        new Output("variable", Optional.empty()),
        score(", output: variable").output().orElseThrow().value());
    assertEquals(
        new Output("output_probability", Optional.of("fraud")),
        score(", output: 'output_probability[fraud]'").output().orElseThrow().value());
  }

  @Test
  void shouldReadInputs() {
    Inputs.ByName byName = (Inputs.ByName) score(", inputs: {amount: a_1d, n: n_1d}").inputs();
    assertEquals("a_1d", byName.columns().get("amount").value());
    assertEquals(List.of("amount", "n"), List.copyOf(byName.columns().keySet()));

    Inputs.OneTensor tensor = (Inputs.OneTensor) score(", inputs: [b, a]").inputs();
    assertEquals(List.of("b", "a"), values(tensor.columns()));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1.5, -1.5", "1e3, 1000", ".5, 0.5"})
  void shouldReadNumbersForMissing(String text, double number) {
    assertEquals(new Missing.Value(number), score(", missing: " + text).otherwise());
  }

  @Test
  void shouldReplacePlaceholders() {
    PipelineSpec spec =
        SpecParser.parse(
            "p.yaml",
            """
            pipeline: ${team}-fraud
            warehouse: ${root}/${team}/wh
            source:
              path: ${in}/$${x}/${date-1d}
              schema: "${root}/s.avsc"
              from: ${start}
            clean:
              rules:
                cheap: amount < ${limit} AND note <> '$${limit}'
              fail_above: ${share}
            """,
            Map.of(
                "team", "cards",
                "root", "/data",
                "in", "/in/${date}",
                "start", "2026-02-03",
                "limit", "100",
                "share", "2%"));

    assertEquals("cards-fraud", spec.name().value());
    assertEquals("/data/cards/wh", spec.warehouse().value());
    assertEquals("/in/${date}/$${x}/${date-1d}", spec.source().path().value());
    assertEquals("/data/s.avsc", spec.source().schema().value());
    assertEquals(LocalDate.of(2026, 2, 3), spec.source().from());
    assertEquals("amount < 100 AND note <> '${limit}'", spec.clean().rules().get(0).sql().value());
    assertEquals(new BigDecimal("0.02"), spec.clean().failAbove());
  }

  @Test
  void shouldNotReplaceInsideValuesThatWereSet() {
    PipelineSpec spec =
        SpecParser.parse("p.yaml", SMALLEST.replace("/w", "${w}"), Map.of("w", "/${x}"));

    assertEquals("/${x}", spec.warehouse().value());
  }

  @Test
  void shouldReadFilesOfWindows() {
    PipelineSpec spec = parse("\uFEFF" + SMALLEST.replace("\n", "\r\n"));

    assertEquals(new Location("p.yaml", 2, 12), spec.warehouse().at());
  }

  @Test
  void shouldCopyWithAnchors() {
    PipelineSpec spec =
        parse(
            SMALLEST
                + """
                features:
                  card: {entity: c, windows: &windows [1d, 7d], aggregates: {n: COUNT(*)}}
                  shop: {entity: s, windows: *windows, aggregates: {n: COUNT(*)}}
                """);

    assertEquals(List.of(1, 7), spec.features().get(1).windows());
  }

  @Test
  void shouldRememberPlaces() {
    PipelineSpec spec = parse(WITH_FEATURES);

    assertEquals(new Location("p.yaml", 1, 11), spec.name().at());
    assertEquals(new Location("p.yaml", 3, 16), spec.source().path().at());
    NamedExpression count = spec.features().get(0).aggregates().get(0);
    assertEquals(new Location("p.yaml", 4, 56), count.name().at());
    assertEquals(new Location("p.yaml", 4, 59), count.sql().at());
  }

  @Property(tries = 1000)
  void shouldAnswerAnyFileWithASpecOrItsProblems(
      @ForAll @DoubleRange(min = 0, max = 1) double cutAt,
      @ForAll @IntRange(min = 0, max = 40) int cutLength,
      @ForAll
          @StringLength(max = 4)
          @Chars({
            '\t', '\n', ' ', ':', '-', '{', '}', '[', ']', '"', '\'', '#', '&', '*', '!', '|', '>',
            '%', '@', '`', '$', ',', '?', '~', 'a', '0', '\u0000', '\ud83d', '\u2028'
          })
          String put)
      throws IOException {
    String yaml = Resource.text("card-fraud.yaml");
    int from = (int) (cutAt * yaml.length());
    int to = Math.min(from + cutLength, yaml.length());
    String broken = yaml.substring(0, from) + put + yaml.substring(to);
    long lines = broken.chars().filter(character -> character == '\n').count() + 1;
    try {
      SpecParser.parse("p.yaml", broken, Map.of("warehouse", "/w", "landing", "/landing"));
    } catch (SpecException e) {
      for (Problem problem : e.problems()) {
        assertTrue(problem.at().line() >= 1 && problem.at().line() <= lines, problem.toString());
        assertTrue(problem.at().column() >= 1, problem.toString());
      }
    }
  }

  @Test
  void shouldReportAllAtOnceInTheOrderOfTheFile() {
    SpecException error =
        assertThrows(
            SpecException.class,
            () ->
                parse(
                    """
                    score: {rows: all, model: m}
                    features: {a-b: {}}
                    source: 5
                    warehouse: [1]
                    """));

    assertEquals(
        List.of(1, 1, 2, 2, 2, 2, 3, 4),
        error.problems().stream().map(problem -> problem.at().line()).toList());
  }
}
