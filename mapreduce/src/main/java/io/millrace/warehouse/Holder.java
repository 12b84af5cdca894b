package io.millrace.warehouse;

import java.time.Instant;

/**
 * Who takes a lease, as its file says it, for people and for those who want to know whether it
 * still lives.
 *
 * @param command what was asked for
 * @param since when the lease was asked for, by the holder's clock
 */
public record Holder(
    String run, String host, RunningProcess process, String command, Instant since) {}
