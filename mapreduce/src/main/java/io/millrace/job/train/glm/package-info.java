/**
 * The iterations of a generalised linear model's fit. {@link io.millrace.job.train.glm.GlmFitJob}
 * is one job for all of them: each map reads its files once, keeps their rows in memory, and
 * answers the rounds of the driver. {@link io.millrace.job.train.glm.GlmStepJob} is one job for
 * each sum, whose maps read their files again and keep nothing. Rows are summed in the same order
 * either way, so that both give the same bits.
 */
package io.millrace.job.train.glm;
