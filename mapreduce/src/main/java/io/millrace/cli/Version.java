package io.millrace.cli;

import io.millrace.run.BuildVersion;
import picocli.CommandLine;

/** What {@code --version} prints. */
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"millrace " + text(), "Java " + Runtime.version()};
  }

  static String text() {
    return BuildVersion.text();
  }
}
