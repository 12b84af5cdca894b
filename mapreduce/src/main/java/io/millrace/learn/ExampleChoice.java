package io.millrace.learn;

import io.millrace.row.ByteBuilder;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * Chooses which rows with a known label are training rows, and what for. Both hang on hashes of the
 * row's key alone, so that neither the order of the rows nor the cut of the work shows: the part on
 * XXH64(1 ‖ key), whether a row with label 0 is kept on XXH64(2 ‖ key ‖ epoch day). Not
 * thread-safe.
 */
public final class ExampleChoice {
  /** So that the two hashes of a key, and its hash as an entity, have nothing in common. */
  private static final int PART = 1;

  private static final int SAMPLE = 2;

  private final SplitPlan split;
  private final boolean splitsByHash;
  private final LocalDate[] dates;
  private final Part[] parts;
  private final boolean keepsAll;
  private final long keptBelow;
  private final double weight;
  private final RowEncoder key;
  private final ByteBuilder bytes = new ByteBuilder();

  /**
   * A choice among rows.
   *
   * @param scope the columns of the rows that are read
   */
  public ExampleChoice(ExampleSettings settings, RowType scope) {
    split = settings.split();
    splitsByHash = settings.testBelow() != 0 || settings.validationBelow() != 0;
    dates =
        settings.days().stream()
            .map(day -> LocalDate.ofEpochDay(day.date()))
            .toArray(LocalDate[]::new);
    parts = settings.days().stream().map(ExampleSettings.Day::part).toArray(Part[]::new);
    BigDecimal negatives = new BigDecimal(settings.negatives());
    keepsAll = negatives.compareTo(BigDecimal.ONE) >= 0;
    keptBelow =
        negatives
            .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE)))
            .toBigInteger()
            .longValue();
    weight = 1 / negatives.doubleValue();
    List<String> columns = settings.key().isEmpty() ? scope.names() : settings.key();
    key = new RowEncoder(scope, columns);
  }

  /**
   * Whether a row is kept; if so, says in the example what for and with what weight.
   *
   * @param row its columns are those of the scope
   * @param isNegative whether its label is 0, of which a share is kept
   * @param example with the row's day
   */
  public boolean takes(Row row, boolean isNegative, Example example) {
    boolean isSampled = isNegative && !keepsAll;
    if (!isSampled && !splitsByHash) {
      example.part = parts[example.day];
      example.weight = 1;
      return true;
    }
    key.encode(row, bytes.clear().putByte(PART));
    example.part =
        splitsByHash ? split.part(dates[example.day], hash()).orElseThrow() : parts[example.day];
    example.weight = isSampled ? weight : 1;
    if (!isSampled) {
      return true;
    }
    bytes.array()[0] = SAMPLE;
    bytes.putBigEndian(dates[example.day].toEpochDay());
    return Long.compareUnsigned(hash(), keptBelow) < 0;
  }

  private long hash() {
    return XxHash64.hash(bytes.array(), 0, bytes.length());
  }
}
