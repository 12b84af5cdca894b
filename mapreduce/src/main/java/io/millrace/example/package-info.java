/**
 * Whole pipelines to try Millrace with: their specs travel in the jar, their data is made here. The
 * generator and the scorecard write to plain streams, give the same bytes on every machine, and
 * know the truth that a run can be checked against.
 */
@NullMarked
package io.millrace.example;

import org.jspecify.annotations.NullMarked;
