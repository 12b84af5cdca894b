package io.millrace.warehouse.protocol;

/**
 * A step that was taken.
 *
 * @param call the call with its paths, as {@code rename a b}; empty where no call was made
 * @param tree what stands after it
 * @param publishes whether by this the main data set of the run came to its place
 */
record Move(String call, FileTree tree, Step next, boolean publishes) {
  Move(String call, FileTree tree, Step next) {
    this(call, tree, next, false);
  }

  static String rename(String from, String to) {
    return "rename " + from + " " + to;
  }
}
