package io.millrace.example;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A landing folder in memory. */
final class LandingFolder implements LandingSink {
  private final TreeMap<String, ByteArrayOutputStream> files = new TreeMap<>();

  @Override
  public OutputStream create(String relativePath) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (files.put(relativePath, file) != null) {
      throw new IllegalStateException("written twice: " + relativePath);
    }
    return file;
  }

  NavigableSet<String> paths() {
    return files.navigableKeySet();
  }

  /** What is in a file once it is no longer compressed. */
  byte[] content(String path) {
    byte[] bytes = files.get(path).toByteArray();
    if (!path.endsWith(".gz")) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All lines of a day but the headers, a character a byte. */
  List<String> lines(LocalDate date) {
    List<String> lines = new ArrayList<>();
    SortedMap<String, ByteArrayOutputStream> day =
        files.subMap("dt=" + date + "/", "dt=" + date + "0");
    for (String path : day.keySet()) {
      String text = new String(content(path), StandardCharsets.ISO_8859_1);
      List<String> all = text.lines().toList();
      lines.addAll(all.subList(1, all.size()));
    }
    return lines;
  }
}
