/**
 * What makes a record valid: a {@link io.millrace.quality.RowCheck} repairs, derives and checks,
 * {@link io.millrace.quality.EventTimeLimits} say which event days a date takes, and a {@link
 * io.millrace.quality.Rejection} says why a record is not taken.
 */
@NullMarked
package io.millrace.quality;

import org.jspecify.annotations.NullMarked;
