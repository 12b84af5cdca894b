package io.millrace.plan;

import io.millrace.spec.ResourcesSpec;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was said about the resources of a job, and by whom. */
public record Wishes(Map<Resource, Wish> wishes) {
  private static final int MIB_BITS = 20;

  public Wishes {
    Map<Resource, Wish> copy = new EnumMap<>(Resource.class);
    copy.putAll(wishes);
    wishes = Collections.unmodifiableMap(copy);
  }

  /**
   * A resource as somebody wants it.
   *
   * @param value in the unit of the resource
   */
  public record Wish(long value, Origin origin) {}

  public static Wishes none() {
    return new Wishes(Map.of());
  }

  /** What the spec says of a stage. */
  public static Wishes of(ResourcesSpec.Stage spec) {
    Map<Resource, Wish> wishes = new EnumMap<>(Resource.class);
    spec.mapMemoryBytes().ifPresent(bytes -> put(wishes, Resource.MAP_MEMORY, mebibytes(bytes)));
    spec.reduceMemoryBytes()
        .ifPresent(bytes -> put(wishes, Resource.REDUCE_MEMORY, mebibytes(bytes)));
    spec.vcores()
        .ifPresent(
            number -> {
              put(wishes, Resource.MAP_VCORES, number);
              put(wishes, Resource.REDUCE_VCORES, number);
            });
    spec.splitBytes().ifPresent(bytes -> put(wishes, Resource.SPLIT, bytes));
    spec.runningMaps().ifPresent(number -> put(wishes, Resource.RUNNING_MAPS, number));
    spec.runningReduces().ifPresent(number -> put(wishes, Resource.RUNNING_REDUCES, number));
    return new Wishes(wishes);
  }

  private static void put(Map<Resource, Wish> wishes, Resource resource, long value) {
    wishes.put(resource, new Wish(value, Origin.SPEC));
  }

  /** Whole ones: what has begun counts. */
  private static long mebibytes(long bytes) {
    return (bytes + (1L << MIB_BITS) - 1) >> MIB_BITS;
  }

  public Optional<Wish> find(Resource resource) {
    return Optional.ofNullable(wishes.get(resource));
  }

  /** These, and where nothing is said, those of another. */
  public Wishes or(Wishes other) {
    Map<Resource, Wish> both = new EnumMap<>(Resource.class);
    both.putAll(other.wishes);
    both.putAll(wishes);
    return new Wishes(both);
  }
}
