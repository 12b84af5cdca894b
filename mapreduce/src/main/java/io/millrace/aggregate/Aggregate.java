package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import org.apache.avro.Schema;

/**
 * What is done with the states of one kind, which lie in {@link GroupStates}: so many longs
 * ("words") and objects a group, where all zero and null is the state of nothing. Instances may
 * keep working storage: not thread-safe.
 */
public abstract sealed class Aggregate
    permits Count,
        DecayedSum,
        HeldAggregate,
        NumberAtTime,
        NumberExtreme,
        Sum,
        TextAtTime,
        TextExtreme,
        Variance {
  /** Branches of a union of null and a value, as Avro writes their numbers. */
  static final int NULL_BRANCH = 0;

  static final int VALUE_BRANCH = 2;

  /** The Avro schema of a stored state. */
  public abstract Schema storedSchema();

  /** What a stored state means, in words. */
  abstract String storedDoc();

  abstract int words();

  abstract int objects();

  /** Whether {@link GroupStates#ageMicros} has to be set before a record is added. */
  boolean needsAge() {
    return false;
  }

  /**
   * Adds the value of a slot, which is not NULL; a call without argument has no slot. When the
   * record happened is in {@link GroupStates#eventTime} and {@link GroupStates#ageMicros}.
   */
  abstract void add(GroupStates states, int word, int object, Row row, int slot);

  /** Adds another group's state, of this aggregate too. */
  abstract void merge(
      GroupStates states, int word, int object, GroupStates from, int fromWord, int fromObject);

  /**
   * Adds an encoded state and leaves the cursor behind it. How old its day is, is in {@link
   * GroupStates#ageMicros}.
   */
  abstract void merge(GroupStates states, int word, int object, ByteCursor encoded);

  /**
   * Makes a state what is stored of it, once all records of its entity, event day and landing date
   * are in it: never before, so that what is given up does not depend on how they were split.
   */
  void seal(GroupStates states, int word, int object) {
    // most states are stored whole
  }

  abstract void encode(GroupStates states, int word, int object, ByteBuilder out);

  /** How a call is finished from a state of this aggregate. */
  abstract Result result(ResultSettings settings);

  /** Whether a union that was written as null or a value holds a value. */
  static boolean readBranch(ByteCursor encoded) {
    int branch = encoded.readByte();
    if (branch != NULL_BRANCH && branch != VALUE_BRANCH) {
      throw new IllegalArgumentException(
          "Cannot read a state: its union has no branch numbered " + branch);
    }
    return branch == VALUE_BRANCH;
  }
}
