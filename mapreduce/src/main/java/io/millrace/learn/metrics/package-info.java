/**
 * How good a model is. What its scores say of the rows is added up by {@link
 * io.millrace.learn.metrics.NumberTotals} and {@link io.millrace.learn.metrics.ClassTotals}, whose
 * states merge, and by {@link io.millrace.learn.metrics.RankedScores}, which takes scores in
 * descending order and keeps none of them. Every row counts by its weight, and all sums are exact
 * until they are rounded at the end, so that the order of the rows and the number of tasks never
 * show. {@link io.millrace.learn.metrics.EvaluationReport} is what came of it.
 */
@NullMarked
package io.millrace.learn.metrics;

import org.jspecify.annotations.NullMarked;
