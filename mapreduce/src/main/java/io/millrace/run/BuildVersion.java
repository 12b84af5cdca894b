package io.millrace.run;

/** The version of Millrace that the job jar's manifest names. */
public final class BuildVersion {
  private BuildVersion() {}

  public static String text() {
    String version = BuildVersion.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
