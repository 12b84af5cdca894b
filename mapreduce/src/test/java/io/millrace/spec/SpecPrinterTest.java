package io.millrace.spec;

import static io.millrace.spec.Unplaced.located;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.spec.CleanSpec.Deduplicate;
import io.millrace.spec.ScoreSpec.Inputs;
import io.millrace.spec.ScoreSpec.Missing;
import io.millrace.spec.ScoreSpec.Output;
import io.millrace.spec.SourceSpec.Landed;
import io.millrace.spec.SourceSpec.Lateness;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SpecPrinterTest {
  @Test
  void shouldWriteOutDefaults() {
    PipelineSpec spec =
        SpecParser.parse(
            "p.yaml",
            """
            pipeline: p
            warehouse: /w
            source: {path: "/in/${date}", schema: s.avsc, from: 2026-01-01}
            """,
            Map.of());

    assertEquals(
        """
        pipeline: p
        warehouse: /w
        timezone: UTC
        source:
          path: /in/${date}
          format: csv
          options:
            header: true
            separator: ','
            quote: '"'
            nulls:
              - ''
            timestamps: []
            columns: {}
          schema: s.avsc
          from: 2026-01-01
          missing: fail
          lateness: none
          settle: 10m
        clean:
          repair: {}
          derive: {}
          rules: {}
          deduplicate: none
          fail_above: 100%
        features: {}
        join:
          memory: 64MiB
        profile: true
        runs:
          keep: 90d
        """,
        SpecPrinter.print(spec));
  }

  @Test
  void shouldReadBackAWholePipeline() throws IOException {
    PipelineSpec spec =
        SpecParser.parse(
            "card-fraud.yaml",
            Resource.text("card-fraud.yaml"),
            Map.of("warehouse", "/w", "landing", "/landing"));

    assertEquals(Unplaced.spec(spec), readBack(spec));
  }

  @Property(tries = 500)
  void shouldReadBackWhatItWrites(@ForAll("specs") PipelineSpec spec) {
    assertEquals(spec, readBack(spec), () -> SpecPrinter.print(spec));
  }

  private static PipelineSpec readBack(PipelineSpec spec) {
    return Unplaced.spec(SpecParser.parse("p.yaml", SpecPrinter.print(spec), Map.of()));
  }

  @Provide
  Arbitrary<PipelineSpec> specs() {
    return Combinators.combine(
            Arbitraries.strings().withChars("abz-09").ofMaxLength(9).map(rest -> "p" + rest),
            texts(),
            Arbitraries.of("UTC", "Europe/Berlin", "+05:45", "Z").map(ZoneId::of),
            sources(),
            cleans(),
            groups().list().ofMaxSize(3).uniqueElements(group -> group.name().value()),
            scores(),
            works())
        .as(
            (name, warehouse, zone, source, clean, groups, score, work) ->
                new PipelineSpec(
                    "",
                    located(name),
                    warehouse,
                    zone,
                    source,
                    clean,
                    groups,
                    Optional.empty(),
                    score
                        .filter(found -> !groups.isEmpty())
                        .map(found -> inGroup(found, groups.get(0).name())),
                    work.join(),
                    groups.isEmpty(),
                    work.resources(),
                    work.runs(),
                    work.schedule()));
  }

  /** How the work is done. */
  private record Work(
      JoinSpec join, ResourcesSpec resources, RunsSpec runs, Optional<ScheduleSpec> schedule) {}

  private static Arbitrary<Work> works() {
    return Combinators.combine(
            Arbitraries.of(0L, 1L, 1023L, 1024L, 64L << 20, 3L << 30, 999_999_999L, 1L << 50),
            Arbitraries.of("nightly", "root.batch.${x}", "2", "true").optional(),
            Arbitraries.of(ResourcesSpec.Priority.class).optional(),
            Arbitraries.maps(Arbitraries.of("clean", "partials"), stages()),
            Arbitraries.integers().between(1, 3_000),
            schedules().optional())
        .as(
            (memory, queue, priority, stages, days, schedule) ->
                new Work(
                    new JoinSpec(memory),
                    new ResourcesSpec(queue, priority, stages),
                    new RunsSpec(days),
                    schedule));
  }

  private static Arbitrary<ScheduleSpec> schedules() {
    Arbitrary<Duration> durations =
        Arbitraries.integers().between(1, 1440).map(Duration::ofMinutes);
    return Combinators.combine(
            Arbitraries.integers().between(0, 1439).map(at -> LocalTime.ofSecondOfDay(at * 60L)),
            Arbitraries.of(ScheduleSpec.Process.class),
            durations.tuple3(),
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(1, 100),
            Arbitraries.of("nightly", "root.batch-1", "2", "true").optional(),
            Arbitraries.of("ops@example.com", "a+b@localhost", "x.y@mail.example.org")
                .set()
                .ofMaxSize(2))
        .as(
            (at, process, durations3, retries, days, queue, mail) ->
                new ScheduleSpec(
                    at,
                    process,
                    Optional.empty(),
                    durations3.get1(),
                    durations3.get2(),
                    retries,
                    durations3.get3(),
                    days,
                    queue,
                    List.copyOf(new TreeSet<>(mail))));
  }

  private static Arbitrary<ResourcesSpec.Stage> stages() {
    Arbitrary<Optional<Long>> sizes = Arbitraries.of(512L << 20, 1L << 30, 1L << 40).optional();
    Arbitrary<Optional<Long>> splits = Arbitraries.of(1L << 20, 64L << 30).optional();
    Arbitrary<Optional<Integer>> numbers = Arbitraries.integers().between(1, 1_000).optional();
    return Combinators.combine(sizes, sizes, numbers, splits, numbers, numbers)
        .as(ResourcesSpec.Stage::new);
  }

  private static ScoreSpec inGroup(ScoreSpec score, Located<String> group) {
    return new ScoreSpec(
        score.rows(),
        Optional.of(group).filter(any -> score.rows() == ScoreSpec.Rows.ENTITIES),
        score.model(),
        score.inputs(),
        score.missing(),
        score.otherwise(),
        score.output(),
        score.keep(),
        score.failAbove());
  }

  /** What authors may write: not blank; controls, quotes, brackets and placeholders included. */
  private static Arbitrary<String> words() {
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(6),
            Arbitraries.strings().ascii().ofMaxLength(6),
            Arbitraries.of(
                "${x}", "$${", "${date}", "\n", "  ", ": ", " #", "'", "\"", "\t", "é", "~",
                "null"));
    return pieces
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(list -> String.join("", list))
        .map(text -> text.replaceAll("[\\ud800-\\udfff\\r\\ufeff\\ufffe\\uffff]", "_"))
        .filter(text -> !text.isBlank());
  }

  private static Arbitrary<Located<String>> texts() {
    return words().map(Unplaced::located);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().withChars("abcXYZ_09").ofMaxLength(6).map(rest -> "n" + rest);
  }

  private static Arbitrary<List<Located<String>>> columns(int least) {
    return words()
        .list()
        .ofMinSize(least)
        .ofMaxSize(3)
        .uniqueElements()
        .map(list -> list.stream().map(Unplaced::located).toList());
  }

  private static Arbitrary<List<NamedExpression>> expressions(int least) {
    Arbitrary<NamedExpression> expression =
        Combinators.combine(names(), words())
            .as((name, sql) -> new NamedExpression(located(name), located(sql.stripTrailing())));
    return expression
        .list()
        .ofMinSize(least)
        .ofMaxSize(3)
        .uniqueElements(named -> named.name().value());
  }

  private static Arbitrary<BigDecimal> shares() {
    return Arbitraries.integers()
        .between(0, 100_000)
        .map(share -> BigDecimal.valueOf(share, 5).stripTrailingZeros());
  }

  private static Arbitrary<SourceSpec> sources() {
    return Combinators.combine(
            Arbitraries.of(
                "/in/${date:yyyy}/${date}.csv", "/in/${date}", "${date-1d:yyyy/dd}/$${x}"),
            csvs(),
            texts(),
            names(),
            Arbitraries.of(SourceSpec.Missing.values()),
            Arbitraries.integers().between(-1, 400),
            landed())
        .as(
            (path, csv, schema, eventTime, missing, days, landed) ->
                new SourceSpec(
                    located(path),
                    csv,
                    schema,
                    Optional.of(located(eventTime)),
                    LocalDate.of(2026, 1, 1).plusDays(days),
                    missing,
                    days < 0 ? new Lateness.Unlimited() : new Lateness.Days(days),
                    landed));
  }

  private static Arbitrary<Landed> landed() {
    return Arbitraries.oneOf(
        Arbitraries.of("_SUCCESS", ".done", "_", "_ok-1.2").map(Landed.DoneFlag::new),
        Arbitraries.integers()
            .between(0, 1440)
            .map(minutes -> new Landed.Settled(Duration.ofMinutes(minutes))));
  }

  private static Arbitrary<FormatSpec> csvs() {
    return Combinators.combine(
            Arbitraries.of(',', ';', '\t', '|', ' ', '#'),
            Arbitraries.of('"', '\''),
            Arbitraries.oneOf(words(), Arbitraries.of("", "NULL", "~", "null")).list().ofMaxSize(3),
            Arbitraries.of("dd.MM.yyyy HH:mm", "epoch_millis").list().ofMaxSize(2),
            Arbitraries.maps(words(), texts()).ofMaxSize(2))
        .as(
            (separator, quote, nulls, timestamps, columns) ->
                new FormatSpec.Csv(
                    true,
                    separator,
                    quote,
                    nulls,
                    timestamps.stream().map(Unplaced::located).toList(),
                    columns));
  }

  private static Arbitrary<CleanSpec> cleans() {
    Arbitrary<Deduplicate> deduplicate =
        Arbitraries.oneOf(
            Arbitraries.of(new Deduplicate.None(), new Deduplicate.Exact()),
            Combinators.combine(
                    columns(1),
                    Arbitraries.of(CleanSpec.Keep.values()),
                    Arbitraries.integers().between(0, 400))
                .as(Deduplicate.ByKey::new));
    return Combinators.combine(
            expressions(0), expressions(0), expressions(0), deduplicate, shares())
        .as(CleanSpec::new);
  }

  private static Arbitrary<FeatureGroupSpec> groups() {
    return Combinators.combine(
            names(),
            columns(1),
            Arbitraries.integers().between(1, 400).set().ofMinSize(1).ofMaxSize(3),
            Arbitraries.integers().between(0, 30),
            words().map(String::stripTrailing).optional(),
            expressions(1),
            expressions(0))
        .as(
            (name, entity, windows, delay, where, aggregates, derive) ->
                new FeatureGroupSpec(
                    located(name),
                    entity,
                    List.copyOf(new TreeSet<>(windows)),
                    delay,
                    where.map(Unplaced::located),
                    aggregates,
                    derive));
  }

  private static Arbitrary<Missing> missings() {
    return Arbitraries.oneOf(
        Arbitraries.of(new Missing.NotANumber(), new Missing.Reject()),
        Arbitraries.doubles().map(Missing.Value::new));
  }

  private static Arbitrary<Optional<ScoreSpec>> scores() {
    Arbitrary<Inputs> inputs =
        Arbitraries.oneOf(
            Arbitraries.just(new Inputs.SameNames()),
            Combinators.combine(texts().optional(), columns(1)).as(Inputs.OneTensor::new),
            Arbitraries.maps(words(), texts()).ofMinSize(1).ofMaxSize(3).map(Inputs.ByName::new));
    Arbitrary<Output> outputs = Combinators.combine(names(), names().optional()).as(Output::new);
    return Combinators.combine(
            texts().filter(model -> !model.value().startsWith("registry:")),
            inputs,
            Arbitraries.maps(names(), missings().map(Unplaced::located)).ofMaxSize(2),
            missings(),
            outputs.map(Unplaced::located).optional(),
            columns(0),
            shares(),
            Arbitraries.of(ScoreSpec.Rows.class))
        .as(
            (model, in, missing, otherwise, output, keep, share, rows) ->
                new ScoreSpec(
                    rows, Optional.empty(), model, in, missing, otherwise, output, keep, share))
        .optional();
  }
}
