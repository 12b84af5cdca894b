package io.millrace.example;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How common each defect is.
 *
 * @param shares of a day's transactions, 0 to 1 and at most 1 together; what is absent does not
 *     happen
 */
public record DefectShares(Map<Defect, Double> shares) {
  public DefectShares {
    EnumMap<Defect, Double> sorted = new EnumMap<>(Defect.class);
    sorted.putAll(shares);
    double sum = 0;
    for (Map.Entry<Defect, Double> entry : sorted.entrySet()) {
      double share = entry.getValue();
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "Cannot use share " + share + " of " + entry.getKey() + ": expected 0 to 1");
      }
      sum += share;
    }
    if (sum > 1) {
      throw new IllegalArgumentException(
          "Cannot use shares that sum to " + sum + ": a line has one defect at most");
    }
    shares = Collections.unmodifiableMap(sorted);
  }

  /** Each defect with its usual share. */
  public static DefectShares usual() {
    EnumMap<Defect, Double> shares = new EnumMap<>(Defect.class);
    for (Defect defect : Defect.values()) {
      shares.put(defect, defect.usualShare());
    }
    return new DefectShares(shares);
  }

  public static DefectShares none() {
    return new DefectShares(Map.of());
  }

  public DefectShares with(Defect defect, double share) {
    EnumMap<Defect, Double> changed = new EnumMap<>(Defect.class);
    changed.putAll(shares);
    changed.put(defect, share);
    return new DefectShares(changed);
  }

  public double of(Defect defect) {
    return shares.getOrDefault(defect, 0.0);
  }
}
