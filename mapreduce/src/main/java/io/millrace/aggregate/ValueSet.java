package io.millrace.aggregate;

import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;

/**
 * The different values of a type, up to a limit: once there are more, it is known only that there
 * are too many, whatever comes. Not thread-safe.
 *
 * <p>Stored as the values in ascending order; too many as nothing.
 */
final class ValueSet implements HeldState {
  static final int MOST_VALUES = 65_536;
  static final int MOST_BYTES = 1 << 20;

  private static final int OWN_BYTES = 24;

  private ValueTable values = new ValueTable();
  private boolean tooMany;

  void add(byte[] source, int offset, int length) {
    if (tooMany) {
      return;
    }
    values.number(source, offset, length);
    if (values.size() > MOST_VALUES || values.valueBytes() > MOST_BYTES) {
      tooMany = true;
      values = new ValueTable();
    }
  }

  void add(ValueSet other) {
    if (other.tooMany) {
      tooMany = true;
      values = new ValueTable();
    }
    ValueTable more = other.values;
    for (int number = 0; number < more.size() && !tooMany; number++) {
      add(more.array(), more.offset(number), more.length(number));
    }
  }

  boolean isTooMany() {
    return tooMany;
  }

  int size() {
    return values.size();
  }

  @Override
  public int bytes() {
    return OWN_BYTES + values.bytes();
  }

  void write(ValueForm form, ByteBuilder out) {
    form.startList();
    for (int number : values.ascending()) {
      form.write(values.array(), values.offset(number), values.length(number), out);
    }
  }

  /** Adds what was written, which ends where it says. */
  void read(ValueForm form, ByteCursor encoded, int end) {
    if (encoded.position() == end) {
      tooMany = true;
      values = new ValueTable();
    }
    form.startList();
    while (encoded.position() < end) {
      form.read(encoded);
      add(form.array(), form.offset(), form.length());
    }
  }
}
