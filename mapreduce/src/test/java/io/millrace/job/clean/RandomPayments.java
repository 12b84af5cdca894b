package io.millrace.job.clean;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** Files of payments, every fifth line of which is wrong in some way. */
final class RandomPayments {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private RandomPayments() {}

  /** A file with its columns in an order of its own. */
  static byte[] file(Random random, int lines) {
    List<String> header = new ArrayList<>(List.of(Payments.HEADER.split(",")));
    Collections.shuffle(header, random);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((String.join(",", header) + "\n").getBytes(UTF_8));
    for (int i = 0; i < lines; i++) {
      String line =
          header.stream().map(column -> field(column, random)).collect(Collectors.joining(","));
      byte[] bytes =
          switch (random.nextInt(40)) {
            case 0 -> new byte[0];
            case 1 -> (line + ",x").getBytes(UTF_8);
            case 2 -> "nothing".getBytes(UTF_8);
            case 3 -> (line.substring(0, line.lastIndexOf(',') + 1) + "\"open").getBytes(UTF_8);
            case 4 -> new byte[] {'a', (byte) 0xC3, ',', (byte) 0xFF};
            default -> line.getBytes(UTF_8);
          };
      out.writeBytes(bytes);
      if (i < lines - 1) {
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  private static String field(String column, Random random) {
    boolean odd = random.nextInt(40) == 0;
    return switch (column) {
      case "id" -> odd ? "" : "\"tx, \"\"" + random.nextInt(900) + "\"\"\"";
      case "region" ->
          random.nextInt(4) == 0 ? "n/a" : List.of("ñorte", "süd").get(random.nextInt(2));
      case "ts" ->
          odd
              ? List.of("2026-13-01 10:00", "yesterday", "").get(random.nextInt(3))
              : Payments.DATE
                  .atStartOfDay()
                  // few moments, so that many records are tied
                  .plusHours(6L * (random.nextInt(20) - 15))
                  .format(TIME);
      case "amount" ->
          odd
              ? List.of("1.234", "12,5", "-0.01", "1000.01", "", "1e3x")
                  .get(random.nextInt(6))
                  .replace(',', ';')
              : random.nextInt(1001) + List.of("", ".5", ".25").get(random.nextInt(3));
      case "units" ->
          odd
              ? List.of("1.5", "2147483648", "1073741824", "n/a").get(random.nextInt(4))
              : String.valueOf(random.nextInt(2000) - 1000);
      default ->
          odd
              ? List.of("fax", "", "web ").get(random.nextInt(3))
              : List.of("web", " WEB", "pos").get(random.nextInt(3));
    };
  }
}
