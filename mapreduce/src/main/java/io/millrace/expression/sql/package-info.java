/**
 * SQL text to typed trees, on the client. Calcite parses; names, types and conversions are bound
 * here, on the syntax tree, because it has positions and Calcite's typed one has none.
 */
@NullMarked
package io.millrace.expression.sql;

import org.jspecify.annotations.NullMarked;
