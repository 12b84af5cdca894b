package io.millrace.job.clean;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * What {@link Payments} says, written down a second time without any of Millrace's code: one object
 * after the other, all in memory.
 */
final class NaiveCleaning {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  /** A clean row. */
  record Row(
      String id,
      String region,
      long ts,
      BigDecimal amount,
      int units,
      String channel,
      int doubled) {}

  /** A record that is not taken. */
  record Quarantined(String file, long offset, String rule, String raw) {}

  private static final class NotTaken extends Exception {
    private static final long serialVersionUID = 1L;

    NotTaken(String rule) {
      super(rule);
    }
  }

  final List<Quarantined> quarantined = new ArrayList<>();
  private final Map<List<String>, Row> kept = new HashMap<>();
  long read;

  /** The rows that are kept, in no order; call when all files were added. */
  List<Row> rows() {
    return List.copyOf(kept.values());
  }

  void add(String file, byte[] content) {
    String text = new String(content, ISO_8859_1);
    List<String> header = List.of();
    int offset = 0;
    for (String line : text.split("\n", -1)) {
      int start = offset;
      offset += line.length() + 1;
      if (start == 0) {
        header = List.of(line.split(","));
      } else if (!line.isEmpty()) {
        read++;
        try {
          keep(row(header, line.getBytes(ISO_8859_1)));
        } catch (NotTaken e) {
          quarantined.add(new Quarantined(file, start, e.getMessage(), line));
        }
      }
    }
  }

  /**
   * Of equal times the fields decide in their order: Avro writes the sizes of small things first.
   */
  private void keep(Row row) {
    List<String> key = Arrays.asList(row.id(), row.region());
    kept.merge(
        key,
        row,
        (a, b) -> {
          if (a.ts() != b.ts()) {
            return a.ts() > b.ts() ? a : b;
          }
          return Arrays.compareUnsigned(encoded(a), encoded(b)) <= 0 ? a : b;
        });
  }

  /** What differs between records of one key and time, in Avro's encoding. */
  private static byte[] encoded(Row row) {
    byte[] unscaled = row.amount().unscaledValue().toByteArray();
    byte[] channel = row.channel().getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(64);
    bytes.put((byte) 2).put((byte) (2 * unscaled.length)).put(unscaled);
    long zigZag = ((long) row.units() << 1) ^ (row.units() >> 31);
    for (; (zigZag & ~0x7FL) != 0; zigZag >>>= 7) {
      bytes.put((byte) (zigZag | 0x80));
    }
    bytes.put((byte) zigZag).put((byte) 2).put((byte) (2 * channel.length)).put(channel);
    return bytes.array();
  }

  private static Row row(List<String> header, byte[] line) throws NotTaken {
    List<String> fields = fields(decode(line));
    if (fields.size() != header.size()) {
      throw new NotTaken("csv.columns");
    }
    Map<String, String> values = new TreeMap<>();
    // types are read in the order of the file
    for (int i = 0; i < fields.size(); i++) {
      String value = fields.get(i);
      boolean isNull = value.isEmpty() || value.equals("n/a");
      checkType(header.get(i), isNull ? null : value);
      if (!isNull) {
        values.put(header.get(i), value);
      }
    }
    BigDecimal amount =
        values.containsKey("amount") ? new BigDecimal(values.get("amount")).setScale(2) : null;
    String channel =
        values.getOrDefault("channel", "").replaceAll("^ +| +$", "").toLowerCase(Locale.ROOT);
    long units = Long.parseLong(values.getOrDefault("units", "1"));
    if (units * 2 != (int) (units * 2)) {
      throw new NotTaken("derive.doubled");
    }
    if (amount == null || amount.signum() < 0 || amount.compareTo(new BigDecimal(1000)) > 0) {
      throw new NotTaken("amount_in_range");
    }
    if (!channel.equals("web") && !channel.equals("pos")) {
      throw new NotTaken("known_channel");
    }
    LocalDateTime time = LocalDateTime.parse(values.get("ts"), TIME);
    if (time.toLocalDate().isAfter(Payments.DATE)) {
      throw new NotTaken("time.future");
    }
    if (time.toLocalDate().isBefore(Payments.DATE.minusDays(3))) {
      throw new NotTaken("time.late");
    }
    return new Row(
        values.get("id"),
        values.get("region"),
        time.atZone(ZoneId.of("Asia/Kathmandu")).toInstant().toEpochMilli(),
        amount,
        (int) units,
        channel,
        (int) units * 2);
  }

  private static void checkType(String column, String value) throws NotTaken {
    boolean nullable = !List.of("id", "ts", "units").contains(column);
    if (value == null) {
      if (!nullable) {
        throw new NotTaken("column.required");
      }
      return;
    }
    if (!isOfType(column, value)) {
      throw new NotTaken("column.type");
    }
  }

  private static boolean isOfType(String column, String value) {
    try {
      return switch (column) {
        case "ts" -> TIME.parse(value) != null;
        case "units" -> new BigDecimal(value).intValueExact() == Integer.parseInt(value);
        case "amount" -> new BigDecimal(value).scale() <= 2;
        default -> true;
      };
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      return false;
    }
  }

  private static String decode(byte[] line) throws NotTaken {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new NotTaken("csv.encoding");
    }
  }

  private static List<String> fields(String line) throws NotTaken {
    try (CSVParser parser = CSVParser.parse(line, CSVFormat.RFC4180)) {
      return parser.getRecords().get(0).toList();
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new NotTaken("csv.quote");
    }
  }
}
