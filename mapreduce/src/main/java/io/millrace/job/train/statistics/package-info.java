/** Statistics of a training set: one pass over its rows, one state in the end. */
package io.millrace.job.train.statistics;
