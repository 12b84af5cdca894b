package io.millrace.join;

import io.millrace.row.RowType;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What tells a task how rows and features come together; plain data. A joined row is the kept
 * columns of a clean record, then the features of its first entity, of its second…
 *
 * @param cleanSchema Avro schema of the columns of clean records that are read
 * @param kept those of them that are carried into the joined rows, in their order
 * @param joinedSchema Avro schema of the joined rows
 * @param entities each with groups of its own
 */
public record JoinSettings(
    String cleanSchema, List<String> kept, String joinedSchema, List<Entity> entities) {
  public JoinSettings {
    kept = List.copyOf(kept);
    entities = List.copyOf(entities);
  }

  /**
   * Columns of a clean record that name an entity, and the groups that describe it.
   *
   * @param columns never NULL together with features: where one is NULL, there is no entity
   */
  public record Entity(List<String> columns, List<Group> groups) {
    public Entity {
      columns = List.copyOf(columns);
      groups = List.copyOf(groups);
    }
  }

  /**
   * A feature group.
   *
   * @param schema Avro schema of the columns that are read: the entity's, then the features
   * @param features the columns that are carried into the joined rows, in their order
   */
  public record Group(String name, String schema, List<String> features) {
    public Group {
      features = List.copyOf(features);
    }
  }

  /** The columns of clean records that are read. */
  public RowType cleanType() {
    return RowType.fromAvro(new Schema.Parser().parse(cleanSchema));
  }

  public RowType joinedType() {
    return RowType.fromAvro(new Schema.Parser().parse(joinedSchema));
  }
}
