package io.millrace.source;

import io.millrace.quality.Rejection;
import io.millrace.row.Column;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import io.millrace.spec.FormatSpec;
import io.millrace.spec.Located;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which field of a file's lines fills which column. A column is found by the name that the format's
 * {@code columns} gives it, else, in a file that has no such name, by its own name or an alias;
 * names compare exactly, without blanks and quotes around them.
 */
public final class CsvHeader {
  /** The slot of a field that fills no column. */
  static final int IGNORED = -1;

  private static final int NAMES_SHOWN = 12;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final List<String> names;
  private final int[] slots;
  private final List<Column> absentColumns;
  private final Optional<Rejection> rejection;

  private CsvHeader(
      List<String> names, int[] slots, List<Column> absentColumns, Optional<Rejection> rejection) {
    this.names = names;
    this.slots = slots;
    this.absentColumns = absentColumns;
    this.rejection = rejection;
  }

  /** Files without a header: the columns of the schema, in its order. */
  public static CsvHeader ofSchema(RowType type) {
    int[] slots = new int[type.size()];
    Arrays.setAll(slots, i -> i);
    return new CsvHeader(type.names(), slots, List.of(), Optional.empty());
  }

  /** Reads a header line, given without its line end; never throws. */
  public static CsvHeader parse(byte[] line, FormatSpec.Csv format, RowType type) {
    Row row = new Row(0);
    int start = row.load(line, 0, line.length);
    if (startsWithByteOrderMark(line)) {
      start += BYTE_ORDER_MARK.length;
    }
    CsvFields fields = new CsvFields(format);
    CsvFields.Result result = fields.split(row, start);
    if (result != CsvFields.Result.FINE) {
      return unusable(
          List.of(),
          "Cannot read the header of the file: " + CsvProblems.of(result, fields, row, start));
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < fields.count(); i++) {
      String text =
          new String(
              row.bytes, fields.start(i), fields.end(i) - fields.start(i), StandardCharsets.UTF_8);
      names.add(bare(text, format.quote()));
    }
    return of(List.copyOf(names), format.columns(), type);
  }

  private static CsvHeader of(
      List<String> names, Map<String, Located<String>> mapping, RowType type) {
    Map<String, Integer> wanted = wantedNames(names, mapping, type);
    int[] slots = new int[names.size()];
    int[] fields = new int[type.size()];
    Arrays.fill(fields, -1);
    for (int i = 0; i < slots.length; i++) {
      int slot = wanted.getOrDefault(names.get(i), IGNORED);
      slots[i] = slot;
      if (slot != IGNORED) {
        if (fields[slot] >= 0) {
          return unusable(
              names,
              "Cannot tell which field is column %s: the header has %s and %s; one of them must go or be renamed"
                  .formatted(
                      type.columns().get(slot).name(),
                      place(names, fields[slot]),
                      place(names, i)));
        }
        fields[slot] = i;
      }
    }
    if (Arrays.stream(fields).noneMatch(field -> field >= 0)) {
      return unusable(
          names,
          "The header of the file has no column of the schema; it has %s, expected %s. Is the first line a header (options.header), and is options.separator right?"
              .formatted(shown(names), shown(List.copyOf(wanted.keySet()))));
    }
    List<Column> absent = new ArrayList<>();
    for (int slot = 0; slot < fields.length; slot++) {
      if (fields[slot] < 0) {
        absent.add(type.columns().get(slot));
      }
    }
    List<String> missing =
        absent.stream()
            .filter(column -> column.defaultValue() == null)
            .map(column -> described(column, mapping))
            .toList();
    return missing.isEmpty()
        ? new CsvHeader(names, slots, List.copyOf(absent), Optional.empty())
        : unusable(
            names,
            "The header of the file lacks %s; it has %s. Give the field a default in the schema, or name it in options.columns"
                .formatted(String.join(", ", missing), String.join(", ", names)));
  }

  private static String shown(List<String> names) {
    int more = names.size() - NAMES_SHOWN;
    return names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private static Map<String, Integer> wantedNames(
      List<String> names, Map<String, Located<String>> mapping, RowType type) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    for (int slot = 0; slot < type.size(); slot++) {
      Column column = type.columns().get(slot);
      Located<String> mapped = mapping.get(column.name());
      if (mapped == null || !names.contains(mapped.value())) {
        // a name that the format or another column itself lays claim to is no longer an alias
        for (String alias : column.aliases()) {
          if (!type.has(alias)) {
            wanted.putIfAbsent(alias, slot);
          }
        }
        wanted.put(column.name(), slot);
      }
    }
    mapping.forEach(
        (column, name) -> {
          if (type.has(column)) {
            wanted.put(name.value(), type.slot(column));
          }
        });
    return wanted;
  }

  private static CsvHeader unusable(List<String> names, String reason) {
    int[] slots = new int[names.size()];
    Arrays.fill(slots, IGNORED);
    return new CsvHeader(
        names, slots, List.of(), Optional.of(new Rejection(Rejection.HEADER, reason)));
  }

  /** The names as the file has them. */
  public List<String> names() {
    return names;
  }

  /** Why no record of the file can be read. */
  public Optional<Rejection> rejection() {
    return rejection;
  }

  /** Names that stand for no column of the schema; their fields are not read. */
  public List<String> unknownColumns() {
    return rejection.isPresent() ? List.of() : ignoredColumns();
  }

  /** Names whose fields are not read; all, where no record of the file can be read. */
  public List<String> ignoredColumns() {
    List<String> ignored = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == IGNORED) {
        ignored.add(names.get(i));
      }
    }
    return ignored;
  }

  /** Columns that the file does not have; each of them has a default. */
  public List<Column> absentColumns() {
    return absentColumns;
  }

  /** The slot that a field fills, or {@link #IGNORED}. */
  int slot(int field) {
    return slots[field];
  }

  private static String place(List<String> names, int field) {
    return "'" + names.get(field) + "' as field " + (field + 1);
  }

  private static String described(Column column, Map<String, Located<String>> mapping) {
    Located<String> mapped = mapping.get(column.name());
    return mapped == null
        ? column.name()
        : mapped.value() + " (options.columns names it for " + column.name() + ")";
  }

  private static String bare(String text, char quote) {
    String name = text.strip();
    boolean quoted =
        name.length() >= 2 && name.charAt(0) == quote && name.charAt(name.length() - 1) == quote;
    return quoted ? name.substring(1, name.length() - 1).strip() : name;
  }

  private static boolean startsWithByteOrderMark(byte[] line) {
    return line.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }
}
