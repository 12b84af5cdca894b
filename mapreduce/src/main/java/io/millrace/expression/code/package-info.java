/**
 * Typed trees to Java source to bytecode, on the client. Values are unboxed locals, with a flag
 * beside them only where they may be NULL; each step is a method of its own, named after the step.
 */
@NullMarked
package io.millrace.expression.code;

import org.jspecify.annotations.NullMarked;
