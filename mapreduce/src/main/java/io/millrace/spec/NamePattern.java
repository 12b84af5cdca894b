package io.millrace.spec;

import java.util.regex.Pattern;

/**
 * A name, or a pattern of names such as {@code card_*_7d}.
 *
 * @param text in which {@code *} stands for any characters, or none
 */
public record NamePattern(String text) {
  private static final String ANY = "*";

  /** Whether it may stand for several names. */
  public boolean isPattern() {
    return text.contains(ANY);
  }

  public boolean matches(String name) {
    return text.equals(name) || (isPattern() && Pattern.matches(regex(), name));
  }

  private String regex() {
    return Pattern.quote(text).replace(ANY, "\\E.*\\Q");
  }
}
