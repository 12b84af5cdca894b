/**
 * Whether what a run makes is right, by a program that shares nothing with it: DuckDB computes the
 * same clean rows, quarantine and features from the spec's text and the raw files, in the plainest
 * SQL there is, and every value of every day is compared.
 *
 * <p>{@link io.millrace.oracle.PipelineText} and {@link io.millrace.oracle.SchemaText} read the
 * spec on their own; {@link io.millrace.oracle.Dialect} lists where the two kinds of SQL differ;
 * {@link io.millrace.oracle.CleanSql} and {@link io.millrace.oracle.FeaturesSql} build the queries
 * of a date; {@link io.millrace.oracle.Oracle} runs them; {@link io.millrace.oracle.Comparison}
 * says what differs. Millrace's own code is only called to run the pipeline.
 */
package io.millrace.oracle;
