package io.millrace.join;

import io.millrace.row.ByteBuilder;
import java.util.HexFormat;
import java.util.List;

/**
 * What stands for the features of an entity without events, on one date; plain data.
 *
 * @param groups for each entity of a join and each of its groups: the wanted features, encoded, in
 *     hexadecimal
 */
public record NoFeatures(List<List<String>> groups) {
  public NoFeatures {
    groups = groups.stream().map(List::copyOf).toList();
  }

  /** Those of one group. */
  public byte[] of(int entity, int group) {
    return HexFormat.of().parseHex(groups.get(entity).get(group));
  }

  /** Those of all groups of an entity. */
  public byte[] of(int entity) {
    ByteBuilder all = new ByteBuilder();
    for (int group = 0; group < groups.get(entity).size(); group++) {
      all.putBytes(of(entity, group));
    }
    return all.toByteArray();
  }

  /** Those of all groups, entity by entity. */
  public byte[][][] ofGroups() {
    byte[][][] all = new byte[groups.size()][][];
    for (int entity = 0; entity < all.length; entity++) {
      all[entity] = new byte[groups.get(entity).size()][];
      for (int group = 0; group < all[entity].length; group++) {
        all[entity][group] = of(entity, group);
      }
    }
    return all;
  }

  /** Those of all entities. */
  public byte[][] ofEntities() {
    byte[][] all = new byte[groups.size()][];
    for (int entity = 0; entity < all.length; entity++) {
      all[entity] = of(entity);
    }
    return all;
  }
}
