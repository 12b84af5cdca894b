package io.millrace.loops;

import io.millrace.quality.RowCheck;
import io.millrace.row.ByteBuilder;
import io.millrace.row.Row;
import io.millrace.row.RowEncoder;
import io.millrace.row.XxHash64;
import io.millrace.source.LineDecoder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a line of CSV to a key and a value of the clean shuffle, per line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Lines {
  private CardDay day;
  private LineDecoder decoder;
  private RowCheck check;
  private Row row;
  private RowEncoder keyEncoder;
  private RowEncoder recordEncoder;
  private final ByteBuilder key = new ByteBuilder();
  private final ByteBuilder value = new ByteBuilder();
  private int eventTime;
  private HandWritten byHand;

  @Setup
  public void open() throws IOException {
    day = new CardDay();
    decoder = day.newDecoder();
    check = day.newCheck();
    row = day.newRow();
    keyEncoder = new RowEncoder(day.cleaning().rows(), day.cleaning().keyColumns());
    recordEncoder = new RowEncoder(day.cleaning().rows());
    eventTime = day.cleaning().rows().slot(day.cleaning().eventTime().orElseThrow());
    byHand = new HandWritten();
    int ours = clean();
    int theirs = cleanByHand();
    if (ours != theirs) {
      throw new IllegalStateException("Millrace takes " + ours + " lines, by hand " + theirs);
    }
  }

  private boolean decode(int line) {
    int start = day.starts[line];
    int length = day.starts[line + 1] - 1 - start;
    return decoder.decode(day.text, start, length, row) == LineDecoder.Outcome.RECORD;
  }

  @Benchmark
  @OperationsPerInvocation(CardDay.LINES)
  public int parse() {
    int records = 0;
    for (int line = 0; line < CardDay.LINES; line++) {
      records += decode(line) ? 1 : 0;
    }
    return records;
  }

  @Benchmark
  @OperationsPerInvocation(CardDay.LINES)
  public int parseAndCheck() {
    int records = 0;
    for (int line = 0; line < CardDay.LINES; line++) {
      records += decode(line) && check.check(row) == null ? 1 : 0;
    }
    return records;
  }

  @Benchmark
  @OperationsPerInvocation(CardDay.LINES)
  public int clean() {
    int records = 0;
    for (int line = 0; line < CardDay.LINES; line++) {
      if (decode(line) && check.check(row) == null) {
        keyEncoder.encode(row, key.clear().putBigEndian(0L));
        key.setBigEndian(0, XxHash64.hash(key.array(), Long.BYTES, key.length() - Long.BYTES));
        key.putByte(0);
        value.clear().putBigEndian(row.longs[eventTime] ^ Long.MIN_VALUE);
        recordEncoder.encode(row, value);
        records++;
      }
    }
    return records;
  }

  /** What somebody would write who has this one pipeline to run and no other. */
  @Benchmark
  @OperationsPerInvocation(CardDay.LINES)
  public int cleanByHand() {
    int records = 0;
    for (int line = 0; line < CardDay.LINES; line++) {
      int start = day.starts[line];
      records += byHand.clean(day.text, start, day.starts[line + 1] - 1) ? 1 : 0;
    }
    return records;
  }
}
