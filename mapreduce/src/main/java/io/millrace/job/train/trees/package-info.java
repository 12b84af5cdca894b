/**
 * Fitting boosted trees: one map task reads all rows, and grows trees in native memory. What it has
 * done so far lies beside it on the cluster's file system, so that another attempt, or another run,
 * goes on from there.
 */
package io.millrace.job.train.trees;
