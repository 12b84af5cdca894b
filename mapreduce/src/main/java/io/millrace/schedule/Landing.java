package io.millrace.schedule;

import io.millrace.spec.SourceSpec;
import java.time.Duration;

/**
 * The raw input of a date, and how one waits for it.
 *
 * @param path as the spec has it: dates and settings still stand as <code>${…}</code>
 * @param landed how one sees that it is all there
 * @param patience how long a night waits for it
 * @param missingIsEmpty whether the night then goes on, with a day without records
 */
public record Landing(
    String path, SourceSpec.Landed landed, Duration patience, boolean missingIsEmpty) {}
