package io.millrace.spec;

import io.millrace.spec.ResourcesSpec.Priority;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code resources}. */
final class ResourcesReader {
  private static final Pattern QUEUE_NAME = Pattern.compile("[^\\s,;:=/]+");
  private static final long LEAST_MEMORY = 512L << 20;
  private static final long MOST_MEMORY = 1L << 40;
  private static final long LEAST_SPLIT = 1L << 20;
  private static final long MOST_SPLIT = 64L << 30;
  private static final int MOST_VCORES = 1_000;
  private static final int MOST_RUNNING = 1_000_000;
  private static final String FOLLOWS = "follows from the input";
  private static final String ONE_STAGE = "mapping";

  static final Key<String> QUEUE =
      Key.optional("queue", ResourcesReader::queue)
          .takes("name of a queue")
          .without("as Hadoop's configuration says")
          .means("the queue that all jobs are sent to");
  static final Key<Priority> PRIORITY =
      Key.optional("priority", value -> ScalarReader.constant(value, Priority.class))
          .takes(ScalarReader.words(Priority.class))
          .without("as Hadoop's configuration says")
          .means("how urgent the jobs are among those of their queue");

  static final Key<Long> MAP_MEMORY =
      Key.optional("map_memory", value -> ScalarReader.bytes(value, LEAST_MEMORY, MOST_MEMORY))
          .takes("size, at least `512MiB`")
          .without(FOLLOWS)
          .means("memory of a map's container; its heap is what of it is not needed beside");
  static final Key<Long> REDUCE_MEMORY =
      Key.optional("reduce_memory", value -> ScalarReader.bytes(value, LEAST_MEMORY, MOST_MEMORY))
          .takes("size, at least `512MiB`")
          .without(FOLLOWS)
          .means("the same of a reduce");
  static final Key<Integer> VCORES =
      Key.optional("vcores", value -> ScalarReader.wholeNumber(value, 1, MOST_VCORES))
          .takes("whole number")
          .without("as Hadoop's configuration says: `1`")
          .means("virtual cores of each container");
  static final Key<Long> SPLIT =
      Key.optional("split", value -> ScalarReader.bytes(value, LEAST_SPLIT, MOST_SPLIT))
          .takes("size, at least `1MiB`")
          .without(FOLLOWS)
          .means("how much of the input a map reads, in `clean` and `partials`");
  static final Key<Integer> RUNNING_MAPS =
      Key.optional("running_maps", value -> ScalarReader.wholeNumber(value, 1, MOST_RUNNING))
          .takes("whole number")
          .without("no limit")
          .means("at most so many maps of a job run at one time");
  static final Key<Integer> RUNNING_REDUCES =
      Key.optional("running_reduces", value -> ScalarReader.wholeNumber(value, 1, MOST_RUNNING))
          .takes("whole number")
          .without("no limit")
          .means("the same of reduces");

  static final Section STAGE =
      Section.of(
          "resources.<stage>",
          MAP_MEMORY,
          REDUCE_MEMORY,
          VCORES,
          SPLIT,
          RUNNING_MAPS,
          RUNNING_REDUCES);

  private static final List<Key<ResourcesSpec.Stage>> KINDS =
      List.of(
          kind("clean", "of cleaning"),
          kind("partials", "of the partials of all groups; `partials/card`: of one group"),
          kind("features", "of the features of all groups; `features/card`: of one group"),
          kind("join", "of the two jobs that bring records and features together"),
          kind("training", "of making training sets"),
          kind("train", "of fitting and measuring models"),
          kind("score", "of scoring"));

  static final Section RESOURCES = new Section("resources", keys());

  /** Stages with reduces whose maps read whole files. */
  private static final List<String> WITH_REDUCES = List.of("join", "training", "train");

  private static final List<String> OF_GROUPS = List.of("partials", "features");

  /** What has no meaning where a job has no reduces, or where a map reads whole files. */
  private static final Map<String, List<Key<?>>> MEANINGLESS =
      Map.of(
          "features", List.of(REDUCE_MEMORY, SPLIT, RUNNING_REDUCES),
          "join", List.of(SPLIT),
          "training", List.of(SPLIT),
          "train", List.of(SPLIT),
          "score", List.of(REDUCE_MEMORY, SPLIT, RUNNING_REDUCES));

  private ResourcesReader() {}

  private static Key<ResourcesSpec.Stage> kind(String name, String whose) {
    return Key.optional(name, value -> stage(value, name))
        .takes(ONE_STAGE)
        .without(FOLLOWS)
        .means("[resources](#resourcesstage) " + whose);
  }

  private static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(List.of(QUEUE, PRIORITY));
    keys.addAll(KINDS);
    return keys;
  }

  /**
   * Reads the section.
   *
   * @param groups the names of the feature groups
   */
  static ResourcesSpec read(YamlValue value, List<String> groups) {
    Optional<YamlMapping> mapping =
        value.mapping("`key: value` lines with the keys " + String.join(", ", RESOURCES.names()));
    if (mapping.isEmpty()) {
      return ResourcesSpec.none();
    }
    Map<String, ResourcesSpec.Stage> stages = new LinkedHashMap<>();
    List<YamlMapping.Entry> fixed = new ArrayList<>();
    for (YamlMapping.Entry entry : mapping.get().entries()) {
      String name = entry.key().value();
      int slash = name.indexOf('/');
      if (slash < 0) {
        fixed.add(entry);
      } else if (isStage(name, groups)) {
        stage(entry.value(), name.substring(0, slash)).ifPresent(stage -> stages.put(name, stage));
      } else {
        mapping.get().problem(entry.key().at(), unknownStage(name, groups));
      }
    }
    YamlSection section = YamlSection.check(RESOURCES, mapping.get().with(fixed));
    for (Key<ResourcesSpec.Stage> kind : KINDS) {
      section.find(kind).ifPresent(stage -> stages.put(kind.name(), stage));
    }
    return new ResourcesSpec(section.find(QUEUE), section.find(PRIORITY), stages);
  }

  private static boolean isStage(String name, List<String> groups) {
    return stages(groups).contains(name);
  }

  private static List<String> stages(List<String> groups) {
    return OF_GROUPS.stream()
        .flatMap(kind -> groups.stream().map(group -> kind + "/" + group))
        .toList();
  }

  private static String unknownStage(String name, List<String> groups) {
    List<String> known = new ArrayList<>(KINDS.stream().map(Key::name).toList());
    known.addAll(stages(groups));
    String suggestion = Spelling.suggestion(name, known);
    return "there is no stage `"
        + name
        + "`"
        + (suggestion.isEmpty() ? "; correct it or leave it out." : suggestion)
        + " Stages are: "
        + String.join(", ", known);
  }

  private static Optional<ResourcesSpec.Stage> stage(YamlValue value, String kind) {
    return value
        .section(STAGE)
        .map(
            stage -> {
              MEANINGLESS
                  .getOrDefault(kind, List.of())
                  .forEach(key -> stage.value(key).ifPresent(found -> refuse(found, kind)));
              return new ResourcesSpec.Stage(
                  stage.find(MAP_MEMORY),
                  stage.find(REDUCE_MEMORY),
                  stage.find(VCORES),
                  stage.find(SPLIT),
                  stage.find(RUNNING_MAPS),
                  stage.find(RUNNING_REDUCES));
            });
  }

  private static void refuse(YamlValue value, String kind) {
    value.problem(
        "`%s` has no meaning: %s; leave it out"
            .formatted(
                value.path(),
                WITH_REDUCES.contains(kind)
                    ? "the maps of `%s` read whole files".formatted(kind)
                    : "`" + kind + "` has maps alone, which read whole files"));
  }

  static Optional<String> queue(YamlValue value) {
    String expected = "the name of a queue, such as `nightly` or `root.batch.nightly`";
    Optional<String> name = value.text(expected).map(Located::value);
    if (name.isPresent() && !QUEUE_NAME.matcher(name.get()).matches()) {
      value.mismatch(expected);
      return Optional.empty();
    }
    return name;
  }
}
