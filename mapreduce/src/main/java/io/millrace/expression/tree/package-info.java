/**
 * Typed expressions as data: what was parsed, with every conversion written out and without a
 * position. Equal trees compute the same.
 */
@NullMarked
package io.millrace.expression.tree;

import org.jspecify.annotations.NullMarked;
