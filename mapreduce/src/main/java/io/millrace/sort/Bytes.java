package io.millrace.sort;

/** Some bytes within an array that may be used for something else later: copy what you keep. */
public interface Bytes {
  /** The array in which they lie. */
  byte[] array();

  /** Where in the array they begin. */
  int offset();

  /** How many they are. */
  int length();
}
