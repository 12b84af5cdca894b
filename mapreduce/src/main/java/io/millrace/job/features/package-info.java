/**
 * The step that makes features: merges the sorted partials of all days that a date's windows reach,
 * bucket by bucket, without a shuffle.
 */
package io.millrace.job.features;
