package io.millrace.run;

import io.millrace.job.io.LandingInputFormat;
import io.millrace.plan.Origin;
import io.millrace.plan.Resource;
import io.millrace.plan.StageKind;
import io.millrace.plan.Wishes;
import io.millrace.plan.Wishes.Wish;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * Which of Hadoop's properties somebody has set, and who: a user on the command line, or the
 * cluster's administrators in its configuration files. Hadoop's own defaults are nobody's.
 */
final class SaidProperties {
  private static final String DEFAULTS = "-default.xml";
  private static final String FILES = ".xml";
  private static final int MIB_BITS = 20;
  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d{1,12})([kKmMgG]?)(?=\\s|$)");

  /** What counts wherever it was said. */
  private static final Map<Resource, String> PROPERTIES =
      Map.of(
          Resource.MAP_MEMORY, MRJobConfig.MAP_MEMORY_MB,
          Resource.REDUCE_MEMORY, MRJobConfig.REDUCE_MEMORY_MB,
          Resource.MAP_VCORES, MRJobConfig.MAP_CPU_VCORES,
          Resource.REDUCE_VCORES, MRJobConfig.REDUCE_CPU_VCORES,
          Resource.RUNNING_MAPS, MRJobConfig.JOB_RUNNING_MAP_LIMIT,
          Resource.RUNNING_REDUCES, MRJobConfig.JOB_RUNNING_REDUCE_LIMIT,
          Resource.SORT_BUFFER, MRJobConfig.IO_SORT_MB);

  private final Configuration configuration;

  SaidProperties(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Who has set a property; nobody, where it has none or Hadoop's own value. */
  Optional<Origin> origin(String property) {
    String[] sources = configuration.getPropertySources(property);
    if (sources == null || sources.length == 0 || configuration.get(property) == null) {
      return Optional.empty();
    }
    String last = sources[sources.length - 1];
    if (last.endsWith(DEFAULTS)) {
      return Optional.empty();
    }
    return Optional.of(last.endsWith(FILES) ? Origin.SITE : Origin.COMMAND_LINE);
  }

  boolean isByUser(String property) {
    return origin(property).equals(Optional.of(Origin.COMMAND_LINE));
  }

  /** What the user, or the administrators, say of the resources of a stage's jobs. */
  Wishes wishes(Origin whose, StageKind stage) {
    Map<Resource, Wish> wishes = new EnumMap<>(Resource.class);
    Optional<Wish> split = splitProperty(stage).flatMap(property -> split(property, whose));
    split.ifPresent(wish -> wishes.put(Resource.SPLIT, wish));
    PROPERTIES.forEach(
        (resource, property) -> {
          if (origin(property).equals(Optional.of(whose))) {
            long value = configuration.getLong(property, 0);
            if (value > 0) {
              wishes.put(resource, new Wish(value, whose));
            }
          }
        });
    if (whose == Origin.COMMAND_LINE) {
      heap(MRJobConfig.MAP_JAVA_OPTS).ifPresent(heap -> wishes.put(Resource.MAP_HEAP, heap));
      heap(MRJobConfig.REDUCE_JAVA_OPTS).ifPresent(heap -> wishes.put(Resource.REDUCE_HEAP, heap));
    } else {
      // fitted to what a map sends, within a heap that is not the administrators' either
      wishes.remove(Resource.SORT_BUFFER);
    }
    return new Wishes(wishes);
  }

  /** By which property Hadoop's users set how much a map reads. */
  private static Optional<String> splitProperty(StageKind stage) {
    return switch (stage) {
      case CLEAN -> Optional.of(LandingInputFormat.SPLIT_BYTES);
      case PARTIALS -> Optional.of(FileInputFormat.SPLIT_MAXSIZE);
      case FEATURES, JOIN, TRAINING, TRAIN, SCORE -> Optional.empty();
    };
  }

  private Optional<Wish> split(String property, Origin whose) {
    return origin(property)
        .filter(whose::equals)
        .map(origin -> new Wish(configuration.getLongBytes(property, 0), origin))
        .filter(wish -> wish.value() > 0);
  }

  /** The options of a task's JVM, those of its own before those of all. */
  String javaOptions(String property) {
    return configuration.get(optionsProperty(property), "");
  }

  /** The options of a task's JVM without their heap. */
  String javaOptionsWithoutHeap(String property) {
    return HEAP.matcher(javaOptions(property)).replaceAll("").strip();
  }

  private String optionsProperty(String property) {
    return configuration.get(property) == null ? "mapred.child.java.opts" : property;
  }

  private Optional<Wish> heap(String property) {
    if (!isByUser(optionsProperty(property))) {
      return Optional.empty();
    }
    Optional<Wish> last = Optional.empty();
    Matcher heap = HEAP.matcher(javaOptions(property));
    while (heap.find()) {
      last = Optional.of(new Wish(mebibytes(heap.group(1), heap.group(2)), Origin.COMMAND_LINE));
    }
    return last;
  }

  private static long mebibytes(String number, String unit) {
    long value = Long.parseLong(number);
    return switch (unit) {
      case "g", "G" -> value << 10;
      case "m", "M" -> value;
      case "k", "K" -> value >> 10;
      default -> value >> MIB_BITS;
    };
  }
}
