/** What the jobs that train models have in common: training rows as a model's fit sees them. */
package io.millrace.job.train;
