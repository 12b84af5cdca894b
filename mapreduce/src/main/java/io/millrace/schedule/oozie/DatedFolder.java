package io.millrace.schedule.oozie;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a date's input, where its path is one that Oozie can write: letters for year, month
 * and day of one date, and nothing that its URIs take for something else.
 *
 * @param template with {@code ${YEAR}}, {@code ${MONTH}} and {@code ${DAY}}
 * @param daysLater which date these are, seen from the landing date
 */
record DatedFolder(String template, int daysLater) {
  private static final Pattern DATE = Pattern.compile("date(?:([-+])(\\d{1,5})d)?(?::(.+))?");
  private static final Pattern LETTERS = Pattern.compile("yyyy|MM|dd|.", Pattern.DOTALL);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@+~-]*");
  private static final Pattern SEPARATORS = Pattern.compile("[0-9_./:=@+~-]");
  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}\\\\]");
  private static final Pattern RUN =
      Pattern.compile("\\$\\{(?:YEAR|MONTH|DAY)}(?:[-_/.]?\\$\\{(?:YEAR|MONTH|DAY)})*");
  private static final String STANDARD = "yyyy-MM-dd";
  private static final String YEAR = "${YEAR}";
  private static final String MONTH = "${MONTH}";
  private static final String DAY = "${DAY}";

  /**
   * The folder of a path as the spec has it, if it is such a one: the path itself, or what stands
   * before the first name in it that is a glob.
   */
  static Optional<DatedFolder> of(String path, Settings settings) {
    StringBuilder template = new StringBuilder(path.startsWith("/") ? "${nameNode}" : "");
    Set<Integer> days = new LinkedHashSet<>();
    Matcher placeholder = Settings.PLACEHOLDER.matcher(path);
    int end = 0;
    boolean isGlob = false;
    while (!isGlob && placeholder.find()) {
      isGlob = append(path.substring(end, placeholder.start()), template);
      end = placeholder.end();
      if (!isGlob) {
        Optional<String> written = written(placeholder.group(1), settings, days);
        if (written.isEmpty()) {
          return Optional.empty();
        }
        template.append(written.get());
      }
    }
    if (!isGlob) {
      append(path.substring(end), template);
    }
    String plain = template.toString().replaceAll("\\$\\{\\w+}", "");
    return PLAIN.matcher(plain).matches() && days.size() == 1 && template.indexOf(DAY) >= 0
        ? Optional.of(new DatedFolder(template.toString(), days.iterator().next()))
        : Optional.empty();
  }

  /** Appends text up to the folder of the first name that is a glob; whether there was one. */
  private static boolean append(String text, StringBuilder template) {
    Matcher glob = GLOB.matcher(text);
    boolean isGlob = glob.find();
    template.append(isGlob ? text.substring(0, glob.start()) : text);
    if (isGlob) {
      template.setLength(Math.max(0, template.lastIndexOf("/")));
    }
    return isGlob;
  }

  /** What is written for a placeholder. */
  private static Optional<String> written(
      @Nullable String name, Settings settings, Set<Integer> days) {
    if (name == null) {
      return Optional.empty();
    }
    Matcher date = DATE.matcher(name);
    if (!date.matches()) {
      return settings.isProperty(name) && PLAIN.matcher(settings.value(name)).matches()
          ? Optional.of(settings.expression(name))
          : Optional.empty();
    }
    int shift = date.group(2) == null ? 0 : Integer.parseInt(date.group(2));
    days.add("-".equals(date.group(1)) ? -shift : shift);
    return letters(Optional.ofNullable(date.group(3)).orElse(STANDARD));
  }

  private static Optional<String> letters(String letters) {
    StringBuilder template = new StringBuilder();
    Matcher letter = LETTERS.matcher(letters);
    while (letter.find()) {
      String found = letter.group();
      switch (found) {
        case "yyyy" -> template.append(YEAR);
        case "MM" -> template.append(MONTH);
        case "dd" -> template.append(DAY);
        default -> {
          if (!SEPARATORS.matcher(found).matches()) {
            return Optional.empty();
          }
          template.append(found);
        }
      }
    }
    return Optional.of(template.toString());
  }

  /**
   * The folder of one date.
   *
   * @param date an expression that gives the date
   */
  String on(String date) {
    return RUN.matcher(template)
        .replaceAll(
            run ->
                Matcher.quoteReplacement(
                    "${coord:formatTime(%s, '%s')}"
                        .formatted(
                            date,
                            run.group()
                                .replace(YEAR, "yyyy")
                                .replace(MONTH, "MM")
                                .replace(DAY, "dd"))));
  }
}
