/**
 * A record in memory. One {@link io.millrace.row.Row} is reused for all records of a task: numbers
 * are primitives, text is a slice of the row's buffer, and binary Avro goes in and out without an
 * object per record.
 */
@NullMarked
package io.millrace.row;

import org.jspecify.annotations.NullMarked;
