/**
 * SQL expressions over rows. The client parses and types them ({@code sql}), turns the typed tree
 * ({@code tree}) into Java source and that into bytecode ({@code code}). Tasks load the bytecode,
 * which calls {@code runtime} and nothing else: neither Calcite nor Janino is needed there.
 */
@NullMarked
package io.millrace.expression;

import org.jspecify.annotations.NullMarked;
