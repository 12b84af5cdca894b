package io.millrace.job.io;

/** What a job writes into a data set in one call: one encoded record, or several. */
public sealed interface OutputRecords permits Slice, EncodedRecords {}
