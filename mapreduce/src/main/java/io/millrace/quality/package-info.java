/**
 * What makes a record valid: repairs, the limits of its event time, derived columns, rules, and
 * which of several records that are the same is kept.
 */
@NullMarked
package io.millrace.quality;

import org.jspecify.annotations.NullMarked;
