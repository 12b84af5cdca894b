package io.millrace.schedule;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a spec and the files that it names by relative paths lie when they are taken elsewhere: in
 * one folder, as seen from one another like before.
 *
 * @param spec path of the spec in the folder: {@code pipeline.yaml}, or {@code fraud/pipeline.yaml}
 *     where it names files outside of its own folder
 * @param beside what else has to be brought there: paths in the folder, and how the spec names them
 */
public record SpecFolder(String spec, SortedMap<String, String> beside) {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  public SpecFolder {
    beside = Collections.unmodifiableSortedMap(new TreeMap<>(beside));
  }

  /**
   * Lays files out.
   *
   * @param spec where the spec lies now
   * @param named files as the spec names them; those with absolute paths stay where they are
   */
  public static SpecFolder of(String spec, Collection<String> named) {
    List<String> way = segments(spec.replace('\\', '/'));
    List<String> relative = named.stream().filter(SpecFolder::isRelative).toList();
    int up = relative.stream().mapToInt(SpecFolder::stepsUp).max().orElse(0);
    if (up >= way.size()) {
      throw new IllegalArgumentException(
          "Cannot bring the files of %s together: one lies %d folders above it, and its own path has fewer. Name the spec by its whole path."
              .formatted(spec, up));
    }
    List<String> kept = way.subList(way.size() - 1 - up, way.size());
    SortedMap<String, String> beside = new TreeMap<>();
    for (String file : relative) {
      Deque<String> place = new ArrayDeque<>(kept.subList(0, up));
      for (String segment : file.split("/", -1)) {
        if (segment.equals("..")) {
          place.removeLast();
        } else if (!segment.isEmpty() && !segment.equals(".")) {
          place.addLast(segment);
        }
      }
      beside.put(String.join("/", place), file);
    }
    return new SpecFolder(String.join("/", kept), beside);
  }

  private static boolean isRelative(String path) {
    return !path.startsWith("/") && !SCHEME.matcher(path).matches();
  }

  /** How far a relative path leads out of the folder where it starts. */
  private static int stepsUp(String path) {
    int depth = 0;
    int highest = 0;
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        depth--;
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        depth++;
      }
      highest = Math.min(highest, depth);
    }
    return -highest;
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
  }
}
