package io.millrace.warehouse;

import org.apache.hadoop.fs.Path;

/**
 * The folder of a staging that only the taking of a lease makes, and no job. Each call that touches
 * a partition in its place, or the work of another run, has one end below it: whoever renames it
 * stops them all, once and for ever.
 */
record CommitFolder(Path path) {
  static CommitFolder of(Path staging) {
    return new CommitFolder(new Path(staging, "commit"));
  }

  /** What becomes the lease. */
  Path lease() {
    return new Path(path, "lease");
  }

  /** What is to be published, one folder a data set. */
  Path output() {
    return new Path(path, "output");
  }

  /** What was published before, one folder a data set. */
  Path replaced() {
    return new Path(path, "replaced");
  }

  /** The stagings of dead runs, one folder each. */
  Path taken() {
    return new Path(path, "taken");
  }

  /** Where the lease goes when it is given up. */
  Path released() {
    return new Path(path, "released");
  }

  /** Where a data set goes that was published in vain. */
  Path undone(String dataSet) {
    return new Path(path, "undone-" + dataSet.replace('/', '-'));
  }
}
