package io.millrace.job.clean;

import io.millrace.aggregate.PartialSettings;
import java.util.List;

/** The groups for which the reduces of clean combine the rows that they keep; plain data. */
record CombinedSettings(List<Group> groups) {
  CombinedSettings {
    groups = List.copyOf(groups);
  }

  /**
   * One of them.
   *
   * @param dataSet of its combined states
   */
  record Group(String name, String dataSet, PartialSettings settings) {}
}
