package io.millrace.loops;

import io.millrace.aggregate.PartialAggregator;
import io.millrace.aggregate.PartialMerge;
import io.millrace.aggregate.PartialSettings;
import io.millrace.model.BoundModel;
import io.millrace.model.ModelException;
import io.millrace.model.ModelSession;
import io.millrace.pipeline.Scoring;
import io.millrace.profile.TableProfile;
import io.millrace.quality.RowCheck;
import io.millrace.row.ByteBuilder;
import io.millrace.row.ByteCursor;
import io.millrace.row.Row;
import io.millrace.row.RowDecoder;
import io.millrace.row.RowEncoder;
import io.millrace.row.RowType;
import io.millrace.row.XxHash64;
import io.millrace.sort.Bytes;
import io.millrace.sort.RecordBuffer;
import io.millrace.source.LineDecoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Random;
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

/** What is done with clean records, per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Records {
  static final int RECORDS = 16_000;
  private static final long TABLE_BYTES = 256 << 20;

  private final int[] ends = new int[RECORDS + 1];
  private final ByteBuilder records = new ByteBuilder();
  private final ByteBuilder out = new ByteBuilder(1 << 22);
  private final ByteCursor cursor = new ByteCursor();
  private RowType type;
  private Row row;
  private RowDecoder all;
  private RowDecoder some;
  private RowEncoder encoder;
  private PartialAggregator card;
  private PartialAggregator terminal;
  private PartialMerge merge;
  private final ByteBuilder states = new ByteBuilder();
  private int[] stateEnds;
  private final RecordBuffer buffer = new RecordBuffer(2, 64 << 20);
  private final Part key = new Part(new ByteBuilder());
  private final Part record = new Part(records);
  private TableProfile profile;
  private ModelSession session;
  private Row features;

  @Setup
  public void open() throws IOException, InterruptedException, ModelException {
    CardDay day = new CardDay();
    type = day.cleaning().rows();
    fill(day);
    row = new Row(type.size());
    all = new RowDecoder(type);
    some = new RowDecoder(type, type, day.pipeline.group("card").readColumns());
    encoder = new RowEncoder(type);
    card = new PartialAggregator(day.partials("card"), TABLE_BYTES, (k, o, l, s) -> {});
    terminal = new PartialAggregator(day.partials("terminal"), TABLE_BYTES, (k, o, l, s) -> {});
    profile = new TableProfile(type);
    openMerge(day.partials("card"));
    openModel(day);
  }

  private void fill(CardDay day) {
    LineDecoder decoder = day.newDecoder();
    RowCheck check = day.newCheck();
    Row read = day.newRow();
    RowEncoder writer = new RowEncoder(type);
    int count = 0;
    for (int line = 0; count < RECORDS; line++) {
      int start = day.starts[line];
      int length = day.starts[line + 1] - 1 - start;
      if (decoder.decode(day.text, start, length, read) == LineDecoder.Outcome.RECORD
          && check.check(read) == null) {
        writer.encode(read, records);
        ends[++count] = records.length();
      }
    }
  }

  private void openMerge(PartialSettings settings) throws IOException, InterruptedException {
    merge = new PartialMerge(settings.states());
    int[] found = new int[RECORDS + 1];
    int[] size = {0};
    PartialAggregator states =
        new PartialAggregator(
            settings,
            TABLE_BYTES,
            (key, offset, length, state) -> {
              this.states.putBytes(state.array(), 0, state.length());
              found[++size[0]] = this.states.length();
            });
    states.add(records.array(), 0, records.length(), RECORDS);
    states.flush();
    stateEnds = Arrays.copyOf(found, size[0] + 1);
  }

  private void openModel(CardDay day) throws ModelException {
    Scoring scoring = day.pipeline.scoring().orElseThrow().scoring();
    session =
        ModelSession.open(
            day.model,
            new BoundModel(scoring.inputs(), scoring.output()),
            scoring.features(),
            ModelSession.BATCH_ROWS);
    features = new Row(scoring.features().size());
    Random random = new Random(1);
    Collection<String> fed = scoring.inputs().columns();
    for (int slot : scoring.features().slots(fed)) {
      features.setLong(slot, random.nextInt(10));
      features.setDouble(slot, 100 * random.nextDouble());
    }
  }

  /** Reads all columns. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int decode() {
    int start = row.load(records.array(), 0, records.length());
    cursor.reset(row.bytes, start, records.length());
    for (int i = 0; i < RECORDS; i++) {
      all.decode(cursor, row);
    }
    return cursor.position();
  }

  /** Reads the columns that the group {@code card} needs. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int decodeSome() {
    int start = row.load(records.array(), 0, records.length());
    cursor.reset(row.bytes, start, records.length());
    for (int i = 0; i < RECORDS; i++) {
      some.decode(cursor, row);
    }
    return cursor.position();
  }

  /** Reads all columns and writes them again. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int decodeAndEncode() {
    int start = row.load(records.array(), 0, records.length());
    cursor.reset(row.bytes, start, records.length());
    out.clear();
    for (int i = 0; i < RECORDS; i++) {
      all.decode(cursor, row);
      encoder.encode(row, out);
    }
    return out.length();
  }

  /** Decode, evaluate, and add to the states of the group {@code card}: most are new. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long aggregateCards() throws IOException, InterruptedException {
    card.add(records.array(), 0, records.length(), RECORDS);
    return card.taken();
  }

  /** The same for the group {@code terminal}: some records a state. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long aggregateTerminals() throws IOException, InterruptedException {
    terminal.add(records.array(), 0, records.length(), RECORDS);
    return terminal.taken();
  }

  /** Collects records by the hash of their bytes, and sorts them. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int sort() {
    buffer.clear();
    for (int i = 0; i < RECORDS; i++) {
      int length = ends[i + 1] - ends[i];
      key.bytes.clear().putBigEndian(XxHash64.hash(records.array(), ends[i], length));
      key.length = Long.BYTES;
      record.offset = ends[i];
      record.length = length;
      if (!buffer.add(i & 1, key, record)) {
        throw new IllegalStateException("no room");
      }
    }
    buffer.sort();
    return buffer.size();
  }

  /** A part of a builder. */
  private static final class Part implements Bytes {
    private final ByteBuilder bytes;
    private int offset;
    private int length;

    Part(ByteBuilder bytes) {
      this.bytes = bytes;
    }

    @Override
    public byte[] array() {
      return bytes.array();
    }

    @Override
    public int offset() {
      return offset;
    }

    @Override
    public int length() {
      return length;
    }
  }

  /** Adds encoded states of the group {@code card} to one; about one a record. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public int merge() {
    merge.start();
    for (int i = 1; i < stateEnds.length; i++) {
      merge.add(states.array(), stateEnds[i - 1], stateEnds[i] - stateEnds[i - 1]);
    }
    return stateEnds.length;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long profile() {
    for (int i = 0; i < RECORDS; i++) {
      profile.add(records.array(), ends[i], ends[i + 1] - ends[i]);
    }
    return profile.rows();
  }

  /** Fills batches of rows and runs the scorecard on them. */
  @Benchmark
  @OperationsPerInvocation(ModelSession.BATCH_ROWS)
  public double score() throws ModelException {
    for (int i = 0; i < ModelSession.BATCH_ROWS; i++) {
      session.put(i, features);
    }
    session.run(0, ModelSession.BATCH_ROWS);
    return features.doubles[0];
  }
}
