package io.millrace.spec;

import java.util.List;
import java.util.Optional;

/** A mapping of the spec whose keys are fixed, and those keys. */
enum Section {
  PIPELINE(
      "pipeline.yaml",
      Key.required("pipeline", "pipeline: card-fraud"),
      Key.required("warehouse", "warehouse: /data/warehouse"),
      Key.optional("timezone"),
      Key.required(
          "source", "source: {path: '/landing/dt=${date}', schema: row.avsc, from: 2026-01-01}"),
      Key.optional("clean"),
      Key.optional("features"),
      Key.optional("score"),
      Key.later("train", "train elsewhere, and name the model's ONNX file in `score.model`"),
      Key.later("schedule", "leave it out, and start `run --date` from your scheduler"),
      Key.later("sources", "write one `source`, or a pipeline for each"),
      Key.later("resources", "leave it out, and set the sizes of tasks in Hadoop's configuration")),

  SOURCE(
      "source",
      Key.required("path", "path: /landing/dt=${date}"),
      Key.optional("format"),
      Key.optional("options"),
      Key.required("schema", "schema: transaction.avsc"),
      Key.optional("event_time"),
      Key.required("from", "from: 2026-01-01"),
      Key.optional("missing"),
      Key.optional("lateness")),

  OPTIONS(
      "source.options",
      Key.optional("header"),
      Key.optional("separator"),
      Key.optional("quote"),
      Key.optional("nulls"),
      Key.optional("timestamps"),
      Key.optional("columns"),
      Key.later(
          "multiline",
          "leave it out: a record is one line, so replace line ends inside quotes beforehand")),

  CLEAN(
      "clean",
      Key.optional("repair"),
      Key.optional("derive"),
      Key.optional("rules"),
      Key.optional("deduplicate"),
      Key.optional("fail_above")),

  DEDUPLICATE(
      "clean.deduplicate",
      Key.required("by", "by: [txn_id]"),
      Key.required("keep", "keep: latest"),
      Key.optional("across")),

  GROUP(
      "features.<group>",
      Key.required("entity", "entity: card_id"),
      Key.required("windows", "windows: [1d, 7d]"),
      Key.optional("delay"),
      Key.optional("where"),
      Key.required("aggregates", "aggregates: {txn_count: COUNT(*)}")),

  SCORE(
      "score",
      Key.required("rows", "rows: entities"),
      Key.optional("group"),
      Key.required("model", "model: fraud.onnx"),
      Key.optional("inputs"),
      Key.optional("missing"),
      Key.optional("output"),
      Key.optional("keep"),
      Key.optional("fail_above"));

  /** Whether a key must, may or cannot yet be written. */
  enum Use {
    REQUIRED,
    OPTIONAL,
    LATER
  }

  /**
   * @param note an example where the key is required, what to do instead where it comes later
   */
  record Key(String name, Use use, String note) {
    static Key required(String name, String example) {
      return new Key(name, Use.REQUIRED, example);
    }

    static Key optional(String name) {
      return new Key(name, Use.OPTIONAL, "");
    }

    static Key later(String name, String instead) {
      return new Key(name, Use.LATER, instead);
    }
  }

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final List<Key> keys;

  Section(String title, Key... keys) {
    this.title = title;
    this.keys = List.of(keys);
  }

  /** Its path in the spec. */
  String title() {
    return title;
  }

  List<Key> keys() {
    return keys;
  }

  /** The names of the keys that may be written, in the order of the reference page. */
  List<String> names() {
    return keys.stream().filter(key -> key.use() != Use.LATER).map(Key::name).toList();
  }

  Optional<Key> key(String name) {
    return keys.stream().filter(key -> key.name().equals(name)).findFirst();
  }
}
