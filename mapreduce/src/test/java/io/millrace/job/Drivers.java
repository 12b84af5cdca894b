package io.millrace.job;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mrunit.TestDriver;

/** MRUnit's drivers with the configuration of a real job. */
public final class Drivers {
  private Drivers() {}

  /** Copies the job's configuration into the driver's; before any input is given. */
  public static <D extends TestDriver<?, ?, D>> D configured(D driver, Configuration job) {
    job.forEach(entry -> driver.getConfiguration().set(entry.getKey(), entry.getValue()));
    return driver;
  }
}
