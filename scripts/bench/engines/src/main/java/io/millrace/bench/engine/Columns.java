package io.millrace.bench.engine;

import java.util.ArrayList;
import java.util.List;

/** Names that all engines share. */
public final class Columns {
  /** Those of the raw files, in their order. */
  public static final List<String> RAW =
      List.of(
          "txn_id",
          "ts",
          "card_id",
          "card_country",
          "terminal_id",
          "merchant_id",
          "merchant_name",
          "amount",
          "currency",
          "country",
          "channel",
          "is_fraud");

  /** Those of {@code clean}. */
  public static final List<String> CLEAN = append(RAW, "hour", "abroad");

  /** Days that a window takes. */
  public static final List<Integer> WINDOWS = List.of(1, 7, 30);

  /** By how many days the windows of terminals end earlier: labels are known a week late. */
  public static final int TERMINAL_DELAY = 7;

  public static final List<String> CARD_AGGREGATES =
      List.of("txn_count", "amount_sum", "amount_mean", "amount_max", "web_share", "abroad_share");
  public static final List<String> TERMINAL_AGGREGATES = List.of("txn_count", "risk");

  private Columns() {}

  /** The columns of a group's features, without the entity. */
  public static List<String> features(String group) {
    List<String> aggregates = group.equals("card") ? CARD_AGGREGATES : TERMINAL_AGGREGATES;
    List<String> names = new ArrayList<>();
    for (int window : WINDOWS) {
      for (String aggregate : aggregates) {
        names.add(group + "_" + aggregate + "_" + window + "d");
      }
    }
    return names;
  }

  /** What models take, in this order. */
  public static List<String> inputs() {
    List<String> names = new ArrayList<>(List.of("amount", "hour"));
    names.addAll(features("card"));
    names.addAll(features("terminal"));
    return names;
  }

  private static List<String> append(List<String> names, String... more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
