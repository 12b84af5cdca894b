package io.millrace.run;

/** What a stage was made of that the job of clean has prepared for it. */
public enum MadeOf {
  /** Its data sets themselves: no job of its own has run. */
  OUTPUT("in one job with clean"),
  /** States that its own job has merged, instead of reading clean records. */
  COMBINED_STATES("of states combined by clean");

  private final String text;

  MadeOf(String text) {
    this.text = text;
  }

  /** In words, for a person. */
  public String text() {
    return text;
  }
}
