/**
 * A spec bound to its schemas: columns found, expressions typed, the row types of everything that
 * is stored worked out. Whoever holds a {@link io.millrace.pipeline.Pipeline} need not ask again
 * whether a name exists.
 */
@NullMarked
package io.millrace.pipeline;

import org.jspecify.annotations.NullMarked;
