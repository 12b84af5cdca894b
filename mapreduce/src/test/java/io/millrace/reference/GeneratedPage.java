package io.millrace.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code docs} in which some blocks are made from code, each between {@code <!--
 * generated: NAME -->} and {@code <!-- end -->}.
 */
public final class GeneratedPage {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)(<!-- generated: ([^\n]*?) -->\n)(.*?)(<!-- end -->)");
  private static final String REWRITE = "millrace.reference.rewrite";

  private GeneratedPage() {}

  /** Compares the blocks of a page; writes them instead where that is asked for. */
  public static void check(String name, Map<String, String> blocks) throws IOException {
    Path file = Path.of("docs", name);
    String page = Files.readString(file);
    Map<String, String> found = new TreeMap<>();
    String wanted =
        BLOCK
            .matcher(page)
            .replaceAll(
                block -> {
                  found.put(block.group(2), block.group(3));
                  String text = blocks.getOrDefault(block.group(2), block.group(3));
                  return Matcher.quoteReplacement(block.group(1) + text + block.group(4));
                });
    assertEquals(new TreeMap<>(blocks).keySet(), found.keySet(), "generated blocks of " + file);
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(file, wanted);
    } else {
      blocks.forEach(
          (block, text) ->
              assertEquals(
                  text,
                  found.get(block),
                  () ->
                      "%s: the block '%s' is not what the code says, which begins to differ at: %s\nWhere the code is right, run the test with -D%s=true"
                          .formatted(file, block, difference(text, found.get(block)), REWRITE)));
    }
  }

  private static String difference(String wanted, @Nullable String found) {
    Set<String> lines = String.valueOf(found).lines().collect(Collectors.toSet());
    return wanted.lines().filter(line -> !lines.contains(line)).findFirst().orElse("its end");
  }

  /** A table of Markdown. */
  public static String table(List<String> head, List<List<String>> rows) {
    return row(head)
        + "|---".repeat(head.size())
        + "|\n"
        + rows.stream().map(GeneratedPage::row).collect(Collectors.joining());
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** A value as Markdown shows code. */
  public static String code(String text) {
    return "`" + text + "`";
  }
}
