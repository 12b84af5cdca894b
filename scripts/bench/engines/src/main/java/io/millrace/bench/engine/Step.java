package io.millrace.bench.engine;

/** What a process makes of a landing date. */
public enum Step {
  CLEAN,
  FEATURES,
  SCORE
}
