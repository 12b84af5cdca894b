/**
 * Scores: one map a file of features, batches of rows through the model, the kept columns and the
 * score out. Rows that cannot be scored are set aside with the reason.
 */
package io.millrace.job.score;
