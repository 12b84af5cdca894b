package io.millrace.job.clean;

/** What the clean step counts. {@code read = kept + duplicates + quarantined + sampled out}. */
public enum CleanCounter {
  READ("clean_records_read_total"),
  KEPT("clean_records_kept_total"),
  DUPLICATES("clean_records_duplicate_total"),
  /** Those of the duplicates whose key an earlier date has kept. */
  DUPLICATES_OF_EARLIER("clean_records_duplicate_of_earlier_total"),
  QUARANTINED("clean_records_quarantined_total"),
  /** Records of entities that are not in the sample, where only a sample is cleaned. */
  SAMPLED_OUT("clean_records_sampled_out_total");

  /** The counters' group. */
  public static final String GROUP = "millrace";

  private final String counterName;

  CleanCounter(String counterName) {
    this.counterName = counterName;
  }

  /** The counter's name within {@link #GROUP}. */
  public String counterName() {
    return counterName;
  }
}
