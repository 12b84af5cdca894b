/**
 * {@code pipeline.yaml} as immutable records. Parsing knows keys, types and ranges; it does not
 * know columns: {@code io.millrace.pipeline} binds the records to schemas. Every value remembers
 * where it stood, so that each error has a line and a column.
 */
@NullMarked
package io.millrace.spec;

import org.jspecify.annotations.NullMarked;
