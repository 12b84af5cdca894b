package io.millrace.run;

import java.time.Duration;

/**
 * What all stages of a run have in common.
 *
 * @param run its name
 * @param command what was asked for, for those who find its leases
 * @param parallel how many stages run side by side at most
 * @param patience how long to wait for other runs that work on the same stage and date
 */
record RunContext(String run, String command, int parallel, Duration patience) {}
