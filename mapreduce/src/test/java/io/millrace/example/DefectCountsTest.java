package io.millrace.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finds the defects again, line by line, with another reader. */
class DefectCountsTest {
  private static final LocalDate FROM = LocalDate.parse("2026-03-01");
  private static final int DAYS = 5;
  private static final Set<String> CURRENCIES = Set.of("EUR", "USD", "GBP");

  private static LandingFolder folder;
  private static List<DefectCounts> counts;

  @BeforeAll
  static void generate() throws IOException {
    folder = new LandingFolder();
    counts =
        new CardFraudGenerator(CardFraudSettings.of(FROM, DAYS).withTransactions(20_000))
            .generate(folder);
  }

  @Test
  void shouldCountWhatAnotherReaderFinds() {
    assertEquals(DAYS, counts.size());
    for (DefectCounts day : counts) {
      Findings found = Findings.in(folder.lines(day.date()), day.date());
      assertEquals(day.defects(), found.defects);
      assertEquals(day.lines(), found.lines);
      assertEquals(day.kept(false), found.keptIds.size());
      assertEquals(day.lines(), day.kept(false) + day.duplicates() + day.quarantined(false));
      assertEquals(day.lines(), day.kept(true) + day.duplicates() + day.quarantined(true));
      assertEquals(day.of(Defect.TOO_LATE), day.kept(true) - day.kept(false));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveDefectsInTheirUsualShares(Defect defect) {
    double transactions = counts.stream().mapToLong(DefectCounts::transactions).sum();
    double found = counts.stream().mapToLong(day -> day.of(defect)).sum();
    double expected = transactions * defect.usualShare();
    assertEquals(expected, found, 5 * Math.sqrt(expected));
    assertTrue(found > 0);
  }

  @Test
  void shouldHaveNoDefectsWhereNoneAreWanted() throws IOException {
    CardFraudSettings settings =
        CardFraudSettings.of(FROM, 1).withTransactions(3_000).withDefects(DefectShares.none());
    LandingFolder clean = new LandingFolder();
    DefectCounts day = new CardFraudGenerator(settings).generate(clean).get(0);

    Findings found = Findings.in(clean.lines(FROM), FROM);

    assertEquals(new DefectCounts(FROM, 0, 0, Map.of()).defects(), found.defects);
    assertEquals(day.defects(), found.defects);
    assertEquals(day.transactions(), found.lines);
  }

  /** What is wrong with the lines of a day, judged by what they say. */
  private static final class Findings {
    final Map<Defect, Long> defects = new EnumMap<>(Defect.class);
    final Set<String> keptIds = new HashSet<>();
    long lines;
    private final Map<String, String> good = new HashMap<>();
    private final LocalDate landing;

    private Findings(LocalDate landing) {
      this.landing = landing;
      for (Defect defect : Defect.values()) {
        defects.put(defect, 0L);
      }
    }

    static Findings in(List<String> lines, LocalDate landing) {
      Findings findings = new Findings(landing);
      lines.forEach(findings::add);
      return findings;
    }

    private void add(String line) {
      lines++;
      String text;
      try {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        count(Defect.INVALID_UTF8);
        return;
      }
      CSVRecord fields;
      try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
        fields = parser.getRecords().get(0);
      } catch (IOException e) {
        count(Defect.UNTERMINATED_QUOTE);
        return;
      }
      if (fields.size() != 12) {
        count(fields.size() < 12 ? Defect.TOO_FEW_COLUMNS : Defect.TOO_MANY_COLUMNS);
        return;
      }
      if (isSound(fields)) {
        keptIds.add(fields.get(0));
        String earlier = good.put(fields.get(0), line);
        if (earlier != null) {
          count(earlier.equals(line) ? Defect.EXACT_DUPLICATE : Defect.CORRECTION);
          assertTrue(
              earlier.split(",", -1)[1].compareTo(fields.get(1)) <= 0,
              "a correction must be later");
        }
      }
    }

    /** Counts what is wrong with a line that can be read; whether the line may stay. */
    private boolean isSound(CSVRecord fields) {
      if (fields.get(1).equals("n/a")) {
        return count(Defect.MISSING_TIMESTAMP);
      }
      if (fields.get(7).isEmpty()) {
        return count(Defect.MISSING_AMOUNT);
      }
      double amount = Double.parseDouble(fields.get(7));
      if (amount < 0 || amount > 100_000) {
        return count(amount < 0 ? Defect.NEGATIVE_AMOUNT : Defect.HUGE_AMOUNT);
      }
      String currency = fields.get(8);
      if (!CURRENCIES.contains(currency)) {
        return count(currency.isEmpty() ? Defect.MISSING_CURRENCY : Defect.UNKNOWN_CURRENCY);
      }
      LocalDate eventDay = LocalDate.parse(fields.get(1).substring(0, 10));
      if (eventDay.isAfter(landing)) {
        return count(Defect.FUTURE);
      }
      if (eventDay.isBefore(landing.minusDays(3))) {
        return count(Defect.TOO_LATE);
      }
      if (eventDay.isBefore(landing)) {
        count(Defect.LATE);
      }
      if (fields.get(11).isEmpty()) {
        count(Defect.UNKNOWN_LABEL);
      }
      String channel = fields.get(10);
      if (!Set.of("pos", "web", "atm").contains(channel)) {
        assertTrue(Set.of(" POS ", " WEB ", " ATM ").contains(channel), channel);
        count(Defect.UNTIDY_CHANNEL);
      }
      return true;
    }

    /** Always false, so that callers can return it. */
    private boolean count(Defect defect) {
      defects.merge(defect, 1L, Long::sum);
      return false;
    }
  }
}
