package io.millrace.expression.runtime;

import io.millrace.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of {@link Pattern}, found anywhere in a text. Lies in the row's constants
 * and is compiled at first use. Makes a string of each text: LIKE does not.
 */
public final class RegularExpression {
  private final long constant;
  private @Nullable Matcher matcher;

  public RegularExpression(long constant) {
    this.constant = constant;
  }

  public boolean matches(Row row, long text) {
    return matcher(row, text).find();
  }

  /** What a group of the first match covers, or {@link Slices#NONE}. */
  public long extract(Row row, long text, long group) {
    Matcher found = matcher(row, text);
    String part = found.find() ? found.group((int) group) : null;
    return part == null ? Slices.NONE : Slices.ofString(row, part);
  }

  /** All matches replaced; {@code $1} is the first group. */
  public long replace(Row row, long text, long replacement) {
    try {
      return Slices.ofString(row, matcher(row, text).replaceAll(Slices.string(row, replacement)));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "the replacement '%s' names a group that the pattern lacks"
              .formatted(Slices.string(row, replacement)),
          e);
    }
  }

  private Matcher matcher(Row row, long text) {
    Matcher compiled = matcher;
    if (compiled == null) {
      String pattern = new String(Texts.copy(row, constant), StandardCharsets.UTF_8);
      compiled = Pattern.compile(pattern).matcher("");
      matcher = compiled;
    }
    return compiled.reset(Slices.string(row, text));
  }
}
