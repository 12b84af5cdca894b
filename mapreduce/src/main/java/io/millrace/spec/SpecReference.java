package io.millrace.spec;

import java.util.List;
import java.util.function.Predicate;

/** All keys of {@code pipeline.yaml}, as the readers know them: what the reference page shows. */
public final class SpecReference {
  /** In the order of the page. */
  static final List<Section> SECTIONS =
      List.of(
          SpecParser.PIPELINE,
          SourceReader.SOURCE,
          CsvReader.OPTIONS,
          CleanReader.CLEAN,
          CleanReader.DEDUPLICATE,
          FeaturesReader.GROUP,
          TrainReader.TRAIN,
          ModelReader.MODEL,
          LabelReader.LABEL,
          SnapshotsReader.SNAPSHOTS,
          SplitReader.SPLIT,
          PrepareReader.PREPARE,
          EvaluateReader.EVALUATE,
          EvaluateReader.MODEL,
          ScoreReader.SCORE,
          JoinReader.JOIN,
          ResourcesReader.RESOURCES,
          ResourcesReader.STAGE,
          RunsReader.RUNS,
          ScheduleReader.SCHEDULE);

  private SpecReference() {}

  /**
   * A mapping of the spec.
   *
   * @param title its path: {@code source.options}
   * @param keys those that may be written
   * @param later those that are planned and refused
   */
  public record Mapping(String title, List<Entry> keys, List<Entry> later) {
    public Mapping {
      keys = List.copyOf(keys);
      later = List.copyOf(later);
    }
  }

  /**
   * A key; texts are Markdown.
   *
   * @param path the whole path: {@code source.options.header}
   * @param takes what may stand behind it
   * @param otherwise its default, or {@code *required*}
   * @param meaning what it says; of a key to come, what to do instead
   */
  public record Entry(String path, String name, String takes, String otherwise, String meaning) {}

  public static List<Mapping> mappings() {
    return SECTIONS.stream()
        .map(
            section ->
                new Mapping(
                    section.title(),
                    entries(section, key -> key.use() != Key.Use.LATER),
                    entries(section, key -> key.use() == Key.Use.LATER)))
        .toList();
  }

  private static List<Entry> entries(Section section, Predicate<Key<?>> wanted) {
    String prefix = section.equals(SpecParser.PIPELINE) ? "" : section.title() + ".";
    return section.keys().stream()
        .filter(wanted)
        .map(
            key ->
                new Entry(
                    prefix + key.name(),
                    key.name(),
                    key.takes(),
                    key.otherwise(),
                    key.use() == Key.Use.LATER ? key.note() : key.meaning()))
        .toList();
  }
}
