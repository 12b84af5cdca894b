/**
 * What the columns of a table are like: counts, extremes, means, quantiles, most frequent values.
 * Made row by row on the way to the files, in bounded memory, and mergeable, so that several files
 * or days have a profile too. But for the most frequent values, states are those of the aggregates.
 */
@NullMarked
package io.millrace.profile;

import org.jspecify.annotations.NullMarked;
