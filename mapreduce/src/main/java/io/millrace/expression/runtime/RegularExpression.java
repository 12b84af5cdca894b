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
    Matcher compiled = matcher;
    if (compiled == null) {
      String pattern = new String(Texts.copy(row, constant), StandardCharsets.UTF_8);
      compiled = Pattern.compile(pattern).matcher("");
      matcher = compiled;
    }
    return compiled.reset(Slices.string(row, text)).find();
  }
}
