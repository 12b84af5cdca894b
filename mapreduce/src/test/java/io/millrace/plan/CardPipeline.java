package io.millrace.plan;

import io.millrace.learn.Snapshots;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The outline of a small pipeline that tests bend to their needs: clean, partials and features of
 * cards over three days, scores with the features of the day before.
 */
final class CardPipeline {
  static final LocalDate FROM = LocalDate.of(2026, 11, 1);
  static final StageId CLEAN = StageId.clean();
  static final StageId PARTIALS = StageId.partials("card");
  static final StageId FEATURES = StageId.features("card");
  static final StageId JOIN = StageId.join();
  static final StageId TRAINING = StageId.training();
  static final StageId TRAIN = StageId.train();
  static final StageId SCORE = StageId.score();

  LocalDate from = FROM;
  boolean missingIsEmpty;

  /** Below zero: there is no join at all. Each partition of the fake warehouse has 50 bytes. */
  long joinMemory = -1;

  /** How many days back clean reads the channel of its own earlier dates. */
  int acrossDays;

  int cleanVersion = 1;

  /** Columns that raw files may lack, and the names by which they would bring them. */
  final SortedMap<String, SortedSet<String>> lateColumns = new TreeMap<>();

  /** Of which dates a model is trained; empty: none is. */
  Optional<Snapshots> snapshots = Optional.empty();

  String penalty = "1";

  String modelFingerprint = "abc";
  final SortedMap<String, String> rules =
      new TreeMap<>(
          Map.of("rules.amount_in_range", "amount BETWEEN 0 AND 100000", "source.lateness", "3d"));
  final SortedMap<String, String> cleanColumns =
      new TreeMap<>(
          Map.of(
              "amount", "DOUBLE", "card_id", "VARCHAR", "channel", "VARCHAR", "ts", "TIMESTAMP"));
  final SortedMap<String, List<String>> aggregates =
      new TreeMap<>(Map.of("txn_count", List.of(), "amount_mean", List.of("amount")));

  static LocalDate day(int dayOfNovember) {
    return FROM.withDayOfMonth(dayOfNovember);
  }

  PipelineOutline outline() {
    List<StageOutline> stages = new ArrayList<>(List.of(clean(), partials(), features()));
    if (joinMemory >= 0) {
      stages.add(join());
    }
    snapshots.ifPresent(
        dates -> {
          stages.add(training(dates));
          stages.add(train());
        });
    stages.add(score());
    return new PipelineOutline("card-fraud", from, missingIsEmpty, stages);
  }

  private StageOutline join() {
    SortedMap<String, Definition> columns = new TreeMap<>();
    columns.put("amount", Definition.of(Map.of()).reading(CLEAN, List.of("amount")));
    columns.put(
        "txn_count_3d",
        Definition.of(Map.of())
            .reading(CLEAN, List.of("card_id"))
            .reading(FEATURES, List.of("txn_count_3d")));
    return new StageOutline(
        JOIN,
        1,
        Definition.of(Map.of()),
        columns,
        List.of(new StageInput.SameDay(CLEAN), new StageInput.Window(FEATURES, 1, 1)),
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.of(new LookUp(SCORE, joinMemory)),
        Optional.empty());
  }

  private static StageOutline training(Snapshots snapshots) {
    SortedMap<String, Definition> columns = new TreeMap<>();
    columns.put("amount", Definition.of(Map.of()).reading(CLEAN, List.of("amount")));
    columns.put("txn_count_3d", Definition.of(Map.of()).reading(FEATURES, List.of("txn_count_3d")));
    return new StageOutline(
        TRAINING,
        1,
        Definition.of(Map.of("train.label.of", "channel = 'web'"))
            .reading(CLEAN, List.of("channel")),
        columns,
        List.of(
            new StageInput.OfSnapshots(CLEAN, snapshots, 0),
            new StageInput.OfSnapshots(FEATURES, snapshots, 1)),
        new TreeMap<>());
  }

  private StageOutline train() {
    return new StageOutline(
        TRAIN,
        1,
        Definition.of(Map.of("train.model.l2", penalty))
            .reading(TRAINING, List.of("amount", "txn_count_3d")),
        new TreeMap<>(Map.of("value", Definition.of(Map.of()))),
        List.of(new StageInput.SameDay(TRAINING)),
        new TreeMap<>());
  }

  private StageOutline clean() {
    SortedMap<String, Definition> columns = new TreeMap<>();
    cleanColumns.forEach(
        (name, type) -> columns.put(name, Definition.of(Map.of("schema." + name, type))));
    if (acrossDays == 0) {
      return new StageOutline(
          CLEAN,
          cleanVersion,
          Definition.of(rules),
          columns,
          List.of(new StageInput.Raw()),
          new TreeMap<>(),
          lateColumns);
    }
    return new StageOutline(
        CLEAN,
        cleanVersion,
        Definition.of(rules).reading(CLEAN, List.of("card_id")),
        columns,
        List.of(new StageInput.Raw(), new StageInput.Window(CLEAN, acrossDays, 1)),
        new TreeMap<>());
  }

  private StageOutline partials() {
    SortedMap<String, Definition> columns = new TreeMap<>();
    aggregates.forEach(
        (name, reads) ->
            columns.put(
                name, Definition.of(Map.of("aggregates." + name, name)).reading(CLEAN, reads)));
    Definition rows =
        Definition.of(Map.of("features.card.entity", "card_id"))
            .reading(CLEAN, List.of("card_id", "ts"));
    return new StageOutline(PARTIALS, 1, rows, columns, new StageInput.SameDay(CLEAN));
  }

  private StageOutline features() {
    SortedMap<String, Definition> columns = new TreeMap<>();
    for (String name : aggregates.keySet()) {
      columns.put(name + "_3d", Definition.of(Map.of()).reading(PARTIALS, List.of(name)));
    }
    Definition rows = Definition.of(Map.of("features.card.windows", "3d"));
    return new StageOutline(FEATURES, 1, rows, columns, new StageInput.Window(PARTIALS, 2, 0));
  }

  private StageOutline score() {
    SortedMap<String, Definition> columns = new TreeMap<>();
    columns.put(
        "score",
        Definition.of(Map.of())
            .reading(CLEAN, List.of("amount"))
            .reading(FEATURES, List.of("txn_count_3d")));
    return new StageOutline(
        SCORE,
        1,
        Definition.of(Map.of()),
        columns,
        List.of(new StageInput.SameDay(CLEAN), new StageInput.Window(FEATURES, 1, 1)),
        new TreeMap<>(Map.of("model", modelFingerprint)));
  }
}
