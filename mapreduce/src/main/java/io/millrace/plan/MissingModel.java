package io.millrace.plan;

/**
 * That a registered model has no version for a date.
 *
 * @param why for a person
 */
public record MissingModel(String name, String why) {
  private static final String MODELS = "models/";

  /** Where its versions would lie in the warehouse. */
  String place() {
    return MODELS + name;
  }

  /** Whether something lies where models do. */
  public static boolean isPlace(String dataSet) {
    return dataSet.startsWith(MODELS);
  }
}
