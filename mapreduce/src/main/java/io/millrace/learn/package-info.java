/**
 * Learning from rows: of which dates they are and how they are split, how they become the rows of a
 * design matrix ({@link io.millrace.learn.prepare}), how models are fitted to that, and how good
 * they are. Pure: what is added up over many files is handed in by whoever reads them.
 */
@NullMarked
package io.millrace.learn;

import org.jspecify.annotations.NullMarked;
