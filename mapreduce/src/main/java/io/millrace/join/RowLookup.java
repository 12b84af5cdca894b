package io.millrace.join;

import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import java.util.List;

/** Joins clean records with features that are held in memory. Not thread-safe. */
public final class RowLookup {
  private final CleanRows rows;
  private final FeatureTable[][] tables;
  private final byte[][][] nothing;
  private final ByteBuilder key = new ByteBuilder();

  /**
   * @param written the columns of the clean records that will come
   * @param tables the features of each entity's groups, in the order of the settings
   */
  public RowLookup(
      JoinSettings settings,
      NoFeatures noFeatures,
      RowType written,
      List<List<FeatureTable>> tables) {
    rows = new CleanRows(settings, written);
    this.tables =
        tables.stream()
            .map(groups -> groups.toArray(FeatureTable[]::new))
            .toArray(FeatureTable[][]::new);
    nothing = noFeatures.ofGroups();
  }

  /** How many records were begun, so that one that fails can be told. */
  public long taken() {
    return rows.begun();
  }

  /** Appends the joined row of each of so many records, in their order. */
  public void join(byte[] source, int offset, int length, long records, ByteBuilder out) {
    rows.load(source, offset, length, 0, records);
    while (rows.next()) {
      rows.putKept(out);
      for (int entity = 0; entity < tables.length; entity++) {
        putFeatures(entity, out);
      }
    }
  }

  private void putFeatures(int entity, ByteBuilder out) {
    boolean named = rows.putEntity(entity, key.clear());
    long hash = named ? XxHash64.hash(key.array(), 0, key.length()) : 0;
    FeatureTable[] groups = tables[entity];
    for (int group = 0; group < groups.length; group++) {
      if (!named || !groups[group].putFeatures(key.array(), 0, key.length(), hash, out)) {
        out.putBytes(nothing[entity][group]);
      }
    }
  }
}
