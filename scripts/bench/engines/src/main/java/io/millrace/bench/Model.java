package io.millrace.bench;

/** What scores. A linear model takes 0 for what is not known, trees know what to do with a NaN. */
enum Model {
  LOGISTIC("logistic", 0),
  TREES("trees", Float.NaN);

  private final String title;
  private final float missing;

  Model(String title, float missing) {
    this.title = title;
    this.missing = missing;
  }

  String title() {
    return title;
  }

  float missing() {
    return missing;
  }

  byte[] toOnnx() {
    return switch (this) {
      case LOGISTIC -> Models.logistic();
      case TREES -> Models.trees();
    };
  }
}
