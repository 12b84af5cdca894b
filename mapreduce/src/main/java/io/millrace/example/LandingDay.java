package io.millrace.example;

import io.millrace.row.ByteBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what lands on one day: first what is late from earlier days, then the day itself, with
 * repeated lines some way behind the first. Used once. Not thread-safe.
 */
final class LandingDay {
  private static final int FLUSH_BYTES = 1 << 16;
  private static final List<Defect> DEFECTS_OF_LINES =
      Arrays.stream(Defect.values()).filter(defect -> !defect.delaysLanding()).toList();
  private static final int REPEATED_WITHIN_LINES = 1000;

  /** What is written again once so many lines stand before it. */
  private record Repeat(long dueLine, Transaction transaction) {}

  private final CardWorld world;
  private final LocalDate date;
  private final long epochDay;
  private final Dice dice;
  private final ByteBuilder buffer = new ByteBuilder(FLUSH_BYTES + 1024);
  private final TransactionLine line;
  private final PriorityQueue<Repeat> repeats =
      new PriorityQueue<>(
          Comparator.comparingLong(Repeat::dueLine)
              .thenComparingInt(repeat -> repeat.transaction().index()));
  private final Map<Defect, Long> defects = new EnumMap<>(Defect.class);
  private long transactions;
  private long fraudulent;
  private long lines;

  LandingDay(CardWorld world, LocalDate date) {
    this.world = world;
    this.date = date;
    epochDay = date.toEpochDay();
    dice = new Dice(world.settings().seed(), Dice.Purpose.DEFECT, epochDay, 0);
    line = new TransactionLine(world, dice, buffer);
  }

  DefectCounts write(LandingSink sink) throws IOException {
    EventDay today = new EventDay(world, epochDay);
    byte[] delays = LandingDelays.of(world, epochDay, today.size());
    int files = world.settings().files();
    for (int file = 0; file < files; file++) {
      try (OutputStream out = open(sink, file)) {
        out.write(TransactionLine.HEADER);
        if (file == 0) {
          writeLate(out);
        }
        int end = (int) ((long) today.size() * (file + 1) / files);
        for (int index = (int) ((long) today.size() * file / files); index < end; index++) {
          if (delays[index] == 0) {
            writeOnTime(today.at(index), out);
          }
        }
        if (file == files - 1) {
          writeRepeats(Long.MAX_VALUE, out);
        }
        flush(out);
      }
    }
    return new DefectCounts(date, transactions, fraudulent, defects);
  }

  private OutputStream open(LandingSink sink, int file) throws IOException {
    CardFraudSettings settings = world.settings();
    boolean gzip = file >= settings.files() - settings.gzipFiles();
    String suffix = gzip ? ".csv.gz" : ".csv";
    String name = String.format(Locale.ROOT, "dt=%s/part-%04d%s", date, file, suffix);
    OutputStream out = sink.create(name);
    return gzip ? new GZIPOutputStream(out, FLUSH_BYTES) : out;
  }

  private void writeLate(OutputStream out) throws IOException {
    for (int delay = LandingDelays.LONGEST; delay >= 1; delay--) {
      EventDay earlier = new EventDay(world, epochDay - delay);
      byte[] delays = LandingDelays.of(world, epochDay - delay, earlier.size());
      for (int index = 0; index < delays.length; index++) {
        if (delays[index] == delay) {
          Defect defect = delay <= LandingDelays.LATENESS ? Defect.LATE : Defect.TOO_LATE;
          writeFirst(earlier.at(index), defect, out);
        }
      }
    }
  }

  private void writeOnTime(Transaction transaction, OutputStream out) throws IOException {
    dice.reset(world.settings().seed(), Dice.Purpose.DEFECT, epochDay, transaction.index());
    Defect defect = drawDefect();
    writeFirst(transaction, defect, out);
    if (defect != null && defect.effect() == Defect.Effect.DUPLICATED) {
      Transaction again = defect == Defect.CORRECTION ? transaction.corrected(dice) : transaction;
      repeats.add(new Repeat(lines + dice.from(1, REPEATED_WITHIN_LINES), again));
    }
  }

  private @Nullable Defect drawDefect() {
    double left = dice.uniform();
    for (Defect defect : DEFECTS_OF_LINES) {
      left -= world.settings().defects().of(defect);
      if (left < 0) {
        return defect;
      }
    }
    return null;
  }

  private void writeFirst(Transaction transaction, @Nullable Defect defect, OutputStream out)
      throws IOException {
    line.append(transaction, defect);
    lines++;
    transactions++;
    if (transaction.isFraud()) {
      fraudulent++;
    }
    if (defect != null) {
      defects.merge(defect, 1L, Long::sum);
    }
    writeRepeats(lines, out);
    if (buffer.length() >= FLUSH_BYTES) {
      flush(out);
    }
  }

  private void writeRepeats(long upTo, OutputStream out) throws IOException {
    for (Repeat next = repeats.peek();
        next != null && next.dueLine() <= upTo;
        next = repeats.peek()) {
      repeats.remove();
      line.append(next.transaction(), null);
      lines++;
      if (buffer.length() >= FLUSH_BYTES) {
        flush(out);
      }
    }
  }

  private void flush(OutputStream out) throws IOException {
    out.write(buffer.array(), 0, buffer.length());
    buffer.clear();
  }
}
