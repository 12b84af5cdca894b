/**
 * What compiled expressions call. Text values are slices of {@link io.millrace.row.Row#bytes},
 * packed into a {@code long}; arguments are never NULL. No two methods of a class have one name:
 * Janino picks among overloads without a warning where only the return types differ.
 */
@NullMarked
package io.millrace.expression.runtime;

import org.jspecify.annotations.NullMarked;
