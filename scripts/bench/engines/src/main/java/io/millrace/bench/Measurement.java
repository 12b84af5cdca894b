package io.millrace.bench;

/**
 * What a process and its children took.
 *
 * @param wallSeconds from its start to its end
 * @param cpuSeconds user and system
 * @param peakBytes most that lay in memory (VmHWM)
 * @param readBytes that read calls gave it, from disk or from the page cache (rchar)
 * @param writtenBytes that it passed to write calls (wchar)
 */
record Measurement(
    double wallSeconds, double cpuSeconds, long peakBytes, long readBytes, long writtenBytes) {}
