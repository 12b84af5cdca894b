package io.millrace.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CardFraudGeneratorTest {
  private static final LocalDate FROM = LocalDate.parse("2026-01-01");
  private static final CardFraudSettings SMALL =
      CardFraudSettings.of(FROM, 3).withCards(100).withTerminals(40).withTransactions(500);

  @Test
  void shouldWriteTheSameBytesEverywhere() throws Exception {
    // Made again by putting in what the failure shows, with the reason in the commit message.
    assertEquals(
        "1229c328c80e0d46d38528cc39a85555112ffcdf308966e38c19ef8a52df4602",
        contentHash(generate(SMALL)),
        "what is generated has changed, and so has everybody's data");
  }

  @Test
  void shouldWriteADayAlikeWhateverOtherDaysAreMade() throws IOException {
    CardFraudGenerator generator =
        new CardFraudGenerator(
            CardFraudSettings.of(FROM, 10).withCards(100).withTerminals(40).withTransactions(500));
    LandingFolder all = new LandingFolder();
    generator.generate(all);
    LandingFolder fifth = new LandingFolder();
    new CardFraudGenerator(SMALL).generateDay(FROM.plusDays(4), fifth);

    assertEquals(4, fifth.paths().size());
    for (String path : fifth.paths()) {
      assertArrayEquals(all.content(path), fifth.content(path), path);
    }
  }

  @Test
  void shouldCutTheSameLinesIntoAnyNumberOfFiles() throws IOException {
    LandingFolder four = generate(SMALL);
    LandingFolder one = generate(SMALL.withFiles(1, 0));

    assertEquals(
        Set.of(
            "scorecard.onnx",
            "dt=2026-01-01/part-0000.csv",
            "dt=2026-01-02/part-0000.csv",
            "dt=2026-01-03/part-0000.csv"),
        one.paths());
    assertTrue(four.paths().contains("dt=2026-01-02/part-0003.csv.gz"), four.paths().toString());
    assertTrue(four.paths().contains("dt=2026-01-02/part-0002.csv"), four.paths().toString());
    assertEquals(four.lines(FROM.plusDays(1)), one.lines(FROM.plusDays(1)));
  }

  @Test
  void shouldWriteOtherLinesForAnotherSeed() throws IOException {
    LandingFolder first = generate(SMALL);
    LandingFolder second = generate(SMALL.withSeed(2));

    Set<String> both = new HashSet<>(first.lines(FROM));
    both.retainAll(new HashSet<>(second.lines(FROM)));
    assertEquals(Set.of(), both);
  }

  @Test
  void shouldDeliverLateTransactionsLaterAndOtherwiseUnchanged() throws IOException {
    DefectShares delays = DefectShares.none().with(Defect.LATE, 0.1).with(Defect.TOO_LATE, 0.05);
    CardFraudSettings settings =
        CardFraudSettings.of(FROM, 40).withCards(100).withTerminals(40).withTransactions(300);
    LandingFolder punctual = generate(settings.withDefects(DefectShares.none()));
    LandingFolder delayed = generate(settings.withDefects(delays));

    List<String> landed = new ArrayList<>();
    for (int day = 10; day < 40; day++) {
      landed.addAll(delayed.lines(FROM.plusDays(day)));
    }
    // what happened on days 10 to 29 has landed by day 39, ten days being the longest delay
    List<String> happened = new ArrayList<>();
    for (int day = 10; day < 30; day++) {
      happened.addAll(punctual.lines(FROM.plusDays(day)));
    }
    Set<String> distinct = new HashSet<>(landed);
    assertEquals(landed.size(), distinct.size(), "a transaction landed twice");
    assertTrue(distinct.containsAll(happened), "a transaction never landed");
    for (String line : delayed.lines(FROM.plusDays(20))) {
      LocalDate eventDay = LocalDate.parse(line.split(",", -1)[1].substring(0, 10));
      assertFalse(eventDay.isBefore(FROM.plusDays(10)), line);
      assertTrue(punctual.lines(eventDay).contains(line), line);
    }
  }

  @Test
  void shouldBeFraudInAboutOneOfAHundredAndFiftyTransactions() throws IOException {
    LandingFolder folder = new LandingFolder();
    CardFraudSettings settings =
        CardFraudSettings.of(FROM, 30).withTransactions(5_000).withDefects(DefectShares.none());
    List<DefectCounts> counts = new CardFraudGenerator(settings).generate(folder);

    long transactions = 0;
    long fraudulent = 0;
    for (DefectCounts day : counts) {
      List<String> lines = folder.lines(day.date());
      assertEquals(lines.size(), day.transactions());
      assertEquals(lines.stream().filter(line -> line.endsWith(",true")).count(), day.fraudulent());
      transactions += day.transactions();
      fraudulent += day.fraudulent();
    }
    assertEquals(5_000.0 * 30, (double) transactions, 5_000 * 30 * 0.02);
    double share = (double) fraudulent / transactions;
    assertTrue(share > 0.004 && share < 0.011, "share of fraud: " + share);
  }

  @Test
  void shouldGenerateForASingleCardAtASingleTerminal() throws IOException {
    CardFraudSettings tiny =
        CardFraudSettings.of(FROM, 2)
            .withCards(1)
            .withTerminals(1)
            .withTransactions(1)
            .withDefects(DefectShares.none());

    LandingFolder folder = generate(tiny);

    assertNotEquals(List.of(), folder.lines(FROM));
  }

  private static LandingFolder generate(CardFraudSettings settings) throws IOException {
    LandingFolder folder = new LandingFolder();
    new CardFraudGenerator(settings).generate(folder);
    return folder;
  }

  /** Of all paths and contents, uncompressed: zlib may compress differently elsewhere. */
  private static String contentHash(LandingFolder folder) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String path : folder.paths()) {
      digest.update(path.getBytes(UTF_8));
      digest.update(folder.content(path));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
