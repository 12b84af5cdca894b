/**
 * Measures engines at the same work: makes the data, runs each engine in processes of its own, in
 * turns, checks that all made the same, and prints what it cost. {@link io.millrace.bench.engine}
 * has the engines' ways themselves.
 */
package io.millrace.bench;
