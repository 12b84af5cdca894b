package io.millrace.warehouse.protocol;

import java.util.Set;

/** The run that takes a step: its name, what it works on, and how it deviates from the protocol. */
record Actor(String name, Unit unit, Set<Mutation> mutations) {
  boolean has(Mutation mutation) {
    return mutations.contains(mutation);
  }

  String staging() {
    return unit.staging(name);
  }

  String commit() {
    return unit.commit(name);
  }

  /** Where the lease lies until it is taken. */
  String offer() {
    return commit() + "/lease";
  }

  String held(String holder) {
    return unit.lease() + "/" + holder;
  }

  /** The own file in a holder's folder, whose time is the last sign of life. */
  String file(String holderFolder) {
    return holderFolder + "/" + name + ".json";
  }

  String output(String dataSet) {
    String folder = has(Mutation.PUBLISH_WHERE_JOBS_WRITE) ? staging() : commit();
    return folder + "/output/" + dataSet;
  }

  String replaced(String dataSet) {
    return commit() + "/replaced/" + dataSet;
  }
}
