package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that can do the cases. */
interface Engine {
  String name();

  /** Where its data sets of a layout lie. */
  Path warehouse(Layout layout);

  /** The suffix of its data files: {@code .parquet} or {@code .avro}. */
  String suffix();

  /** The commands that make what a case reads, and its data sets do not hold yet. Not measured. */
  List<List<String>> preparation(Case work, Site site) throws IOException, InterruptedException;

  /** The command that does a case. */
  List<String> command(Case work);

  /** Data sets whose partition of the night the case makes, beside those that are checked. */
  List<String> intermediates(Case work);
}
