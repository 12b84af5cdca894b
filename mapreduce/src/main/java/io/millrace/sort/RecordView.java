package io.millrace.sort;

/**
 * Where one record of a buffer lies. Used again for the next one; valid until records are added.
 */
public final class RecordView {
  private byte[] array = {};
  private int offset;
  private int keyOffset;
  private int keyLength;
  private int valueLength;

  void set(byte[] newArray, int newOffset) {
    array = newArray;
    offset = newOffset;
    int valueCode = newOffset + LengthCode.sizeBy(newArray[newOffset]);
    keyLength = LengthCode.read(newArray, newOffset);
    keyOffset = valueCode + LengthCode.sizeBy(newArray[valueCode]);
    valueLength = LengthCode.read(newArray, valueCode);
  }

  public byte[] array() {
    return array;
  }

  /** Where the record begins, with its two lengths. */
  public int offset() {
    return offset;
  }

  /** The bytes of the record, its two lengths among them. */
  public int length() {
    return keyOffset - offset + keyLength + valueLength;
  }

  public int keyOffset() {
    return keyOffset;
  }

  public int keyLength() {
    return keyLength;
  }

  public int valueOffset() {
    return keyOffset + keyLength;
  }

  public int valueLength() {
    return valueLength;
  }
}
