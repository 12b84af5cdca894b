package io.millrace;

import io.millrace.run.LocalRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives every test the local file system that runs on one machine have. Hadoop keeps the first that
 * a process asks for: of many tests in one, whichever came first would decide for the others, and
 * Hadoop's own starts a process for each permission.
 */
public final class LocalFilesOfRuns implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Configuration configuration = LocalRuntime.ofThisMachine(temporary);
    try {
      FileSystem.get(URI.create("file:///"), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open this machine's file system", e);
    }
  }
}
