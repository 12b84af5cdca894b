package io.millrace.run;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the map tasks of jobs ran, seen from the blocks that they read.
 *
 * @param dataLocal on a host that has them
 * @param rackLocal in the rack of such a host
 * @param other elsewhere, or without blocks of their own
 * @param inMaster in the application master's process, as jobs of little input do
 */
public record MapPlaces(long dataLocal, long rackLocal, long other, long inMaster) {
  private static final String DATA_LOCAL = "maps_data_local";
  private static final String RACK_LOCAL = "maps_rack_local";
  private static final String OTHER = "maps_other";
  private static final String IN_MASTER = "maps_in_master";

  /** No maps at all, or none on a cluster. */
  public static final MapPlaces NONE = new MapPlaces(0, 0, 0, 0);

  /** The places that a stage's counts tell of. */
  public static MapPlaces of(Map<String, Long> counts) {
    return new MapPlaces(
        counts.getOrDefault(DATA_LOCAL, 0L),
        counts.getOrDefault(RACK_LOCAL, 0L),
        counts.getOrDefault(OTHER, 0L),
        counts.getOrDefault(IN_MASTER, 0L));
  }

  /** Whether a count of this name tells of places rather than of records. */
  public static boolean isCount(String name) {
    return name.equals(DATA_LOCAL)
        || name.equals(RACK_LOCAL)
        || name.equals(OTHER)
        || name.equals(IN_MASTER);
  }

  /** As a stage's counts; none where there were no maps on a cluster. */
  SortedMap<String, Long> toCounts() {
    SortedMap<String, Long> counts = new TreeMap<>();
    if (!equals(NONE)) {
      counts.put(DATA_LOCAL, dataLocal);
      counts.put(RACK_LOCAL, rackLocal);
      counts.put(OTHER, other);
      counts.put(IN_MASTER, inMaster);
    }
    return counts;
  }

  public MapPlaces plus(MapPlaces more) {
    return new MapPlaces(
        dataLocal + more.dataLocal,
        rackLocal + more.rackLocal,
        other + more.other,
        inMaster + more.inMaster);
  }

  /** For a person, such as {@code 14 data-local, 2 rack-local, 0 elsewhere}. */
  @Override
  public String toString() {
    String text =
        String.format(
            Locale.ROOT,
            "%,d data-local, %,d rack-local, %,d elsewhere",
            dataLocal,
            rackLocal,
            other);
    return inMaster == 0
        ? text
        : text + String.format(Locale.ROOT, ", %,d in application masters", inMaster);
  }
}
