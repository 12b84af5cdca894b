package io.millrace.cli;

import io.millrace.oozie.OozieServer;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Which Oozie a command works with. */
final class OozieOptions {
  @Option(
      names = "--oozie",
      paramLabel = "URL",
      defaultValue = "${env:OOZIE_URL}",
      description =
          "The address of Oozie, such as http://host:11000/oozie; left out: what the variable OOZIE_URL says.")
  private String url = "";

  /**
   * The server. Nothing is asked of it yet.
   *
   * @throws UsageException where no address is given, or what is given is none
   */
  OozieServer server() throws IOException {
    if (url == null || url.isBlank()) {
      throw new UsageException(
          "Say where Oozie is: --oozie http://host:11000/oozie, or the variable OOZIE_URL.");
    }
    try {
      return OozieServer.at(url.strip());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** How the address is written on a command line, where it was given there or by the variable. */
  String commandLine() {
    return "--oozie " + url;
  }
}
