package io.millrace.learn;

/** What is known of a training row beside its columns; one is filled anew for each row. */
public final class Example {
  /** The number of its day among the settings'. */
  public int day;

  public Part part = Part.TRAIN;

  /** For how many rows it stands. */
  public double weight = 1;

  /** The label, where it is a number: 1 and 0 of a condition. */
  public double label;

  /** The label, where it is the name of a class: UTF-8, valid until the next row. */
  public byte[] text = {};

  public int textOffset;
  public int textLength;

  public void setText(byte[] array, int offset, int length) {
    text = array;
    textOffset = offset;
    textLength = length;
  }
}
