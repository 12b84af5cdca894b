package io.millrace.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with names such as {@code @ZONE@} in place of which others are put. */
public final class Template {
  private static final Pattern NAME = Pattern.compile("@([A-Z_]+)@");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /** The resource that lies beside a class. */
  public static Template beside(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + file);
      }
      return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + file, e);
    }
  }

  /** The text with each name replaced; what is put in is not searched for names. */
  public String fill(Map<String, String> values) {
    Set<String> unused = new TreeSet<>(values.keySet());
    String filled =
        NAME.matcher(text)
            .replaceAll(
                name -> {
                  unused.remove(name.group(1));
                  String value = values.get(name.group(1));
                  if (value == null) {
                    throw new IllegalArgumentException("Nothing is given for " + name.group());
                  }
                  return Matcher.quoteReplacement(value);
                });
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException("The template has no place for " + unused);
    }
    return filled;
  }
}
