package io.millrace.warehouse.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a lease is for: a stage of a date. Says where things lie.
 *
 * @param date the folder of the date
 * @param dataSets what the stage makes, the main one last
 */
record Unit(String stage, String date, List<String> dataSets) {
  static final String STAGING = "_staging";
  static final String LEASES = "_leases";

  /** The work of a run. Jobs and their orphaned tasks may make it. */
  String staging(String run) {
    return STAGING + "/" + run + "/" + stage + "/" + date;
  }

  /** What no job ever makes. */
  String commit(String run) {
    return staging(run) + "/commit";
  }

  String lease() {
    return LEASES + "/" + stage + "/" + date;
  }

  String place(String dataSet) {
    return dataSet + "/" + date;
  }

  String main() {
    return dataSets.get(dataSets.size() - 1);
  }

  List<String> mainFirst() {
    List<String> reversed = new ArrayList<>(dataSets);
    Collections.reverse(reversed);
    return reversed;
  }

  /** The folders above a path up to, and without, a top folder; the innermost first. */
  static List<String> parents(String path, String top) {
    List<String> parents = new ArrayList<>();
    for (String p = FileTree.parent(path); !p.equals(top); p = FileTree.parent(p)) {
      parents.add(p);
    }
    return parents;
  }
}
