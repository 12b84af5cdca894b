package io.millrace.learn.trees;

import java.util.Arrays;

/** A model as XGBoost saves it: bytes that are equal where the trees are. */
public final class SavedTrees {
  private final byte[] bytes;

  SavedTrees(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SavedTrees trees && Arrays.equals(bytes, trees.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
