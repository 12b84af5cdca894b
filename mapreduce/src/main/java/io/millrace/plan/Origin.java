package io.millrace.plan;

/** Who decided on a resource; the first in this order that says something. */
public enum Origin {
  COMMAND_LINE("-D"),
  SPEC("pipeline.yaml"),
  SITE("Hadoop's configuration"),
  COMPUTED("computed");

  private final String text;

  Origin(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
