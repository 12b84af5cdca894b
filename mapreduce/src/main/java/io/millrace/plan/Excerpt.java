package io.millrace.plan;

/** Long expressions cut to what a person has to see of them. */
final class Excerpt {
  private static final int LONGEST = 80;
  private static final int AROUND = 24;
  private static final String CUT = "…";

  private Excerpt() {}

  /** The beginning of a text that is too long. */
  static String of(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + CUT;
  }

  /** Of a text that is too long, the place where it differs from another, with a little around. */
  static String of(String text, String other) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int shorter = Math.min(text.length(), other.length());
    int prefix = 0;
    while (prefix < shorter && text.charAt(prefix) == other.charAt(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < shorter - prefix
        && text.charAt(text.length() - 1 - suffix) == other.charAt(other.length() - 1 - suffix)) {
      suffix++;
    }
    int start = Math.max(0, prefix - AROUND);
    int end = Math.min(text.length(), text.length() - suffix + AROUND);
    String middle = text.substring(start, end);
    if (middle.length() > LONGEST) {
      middle = middle.substring(0, LONGEST - 1) + CUT;
      end = text.length();
    }
    return (start > 0 ? CUT : "") + middle + (end < text.length() ? CUT : "");
  }
}
