package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One SQL function.
 *
 * @param names in upper case; the first is that of the reference
 * @param least the fewest arguments
 * @param most the most arguments
 * @param entry how it is written, and what it does
 */
record FunctionRule(
    List<String> names,
    int least,
    int most,
    Entry entry,
    java.util.function.Function<Arguments, Expression> binding) {
  /** More arguments than anybody writes. */
  static final int MANY = 1000;

  FunctionRule {
    names = List.copyOf(names);
  }

  static FunctionRule of(
      int least,
      int most,
      Entry entry,
      java.util.function.Function<Arguments, Expression> binding) {
    String usage = entry.usage();
    String name = usage.substring(0, usage.indexOf('(')).toUpperCase(Locale.ROOT);
    return new FunctionRule(List.of(name), least, most, entry, binding);
  }

  static FunctionRule of(
      int arguments, Entry entry, java.util.function.Function<Arguments, Expression> binding) {
    return of(arguments, arguments, entry, binding);
  }

  /** A function whose syntax is its own, so that it is bound before names are looked up. */
  static FunctionRule ofSyntax(Entry entry) {
    return of(MANY + 1, entry, arguments -> arguments.text(0));
  }

  /** A form of a function whose other forms have the name. */
  static FunctionRule ofForm(Entry entry) {
    return new FunctionRule(List.of(), 0, 0, entry, arguments -> arguments.text(0));
  }

  /** The same under other names too. */
  FunctionRule alsoCalled(String... others) {
    return new FunctionRule(
        Stream.concat(names.stream(), Arrays.stream(others)).toList(), least, most, entry, binding);
  }
}
