/**
 * Brings clean rows and the features of their entities together. What a joined row is made of is
 * said once, in {@link io.millrace.join.JoinSettings}; whether features come out of a table in
 * memory or out of a shuffle, the same bytes come of it.
 */
@NullMarked
package io.millrace.join;

import org.jspecify.annotations.NullMarked;
