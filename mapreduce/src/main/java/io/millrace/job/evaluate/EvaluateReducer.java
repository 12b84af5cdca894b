package io.millrace.job.evaluate;

import io.millrace.avro.Evaluation;
import io.millrace.job.evaluate.EvaluateKey.Group;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.Slice;
import io.millrace.job.io.TaskFailure;
import io.millrace.learn.metrics.ScoreTally;
import io.millrace.row.ByteCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;
import org.jspecify.annotations.Nullable;

/** Measures group after group as their totals and scores come. */
public final class EvaluateReducer extends Reducer<Slice, Slice, Text, Slice> {
  private final Text dataSet = new Text(EvaluateJob.DATA_SET);
  private final ByteCursor keyCursor = new ByteCursor();
  private final ByteCursor cursor = new ByteCursor();
  private final ScoreTally tally = new ScoreTally();
  private final Slice record = new Slice();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final SpecificDatumWriter<Evaluation> avro = new SpecificDatumWriter<>(Evaluation.class);
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
  private EvaluateSettings settings;
  private EvaluationWriter writer;
  private @Nullable Group group;
  private @Nullable Measurement measurement;

  @Override
  protected void setup(Context context) throws IOException {
    settings = JobSettings.get(context.getConfiguration(), EvaluateSettings.class);
    writer = new EvaluationWriter(settings, stored -> write(stored, context));
  }

  private void write(Evaluation stored, Context context) throws IOException, InterruptedException {
    bytes.reset();
    avro.write(stored, encoder);
    byte[] encoded = bytes.toByteArray();
    context.write(dataSet, record.set(encoded, 0, encoded.length));
  }

  @Override
  protected void reduce(Slice key, Iterable<Slice> values, Context context)
      throws IOException, InterruptedException {
    Measurement measured =
        begin(
            EvaluateKey.readGroup(
                keyCursor.reset(key.array(), key.offset(), key.length()), settings.segments()));
    int kind = keyCursor.readByte();
    tally.clear();
    for (Slice value : values) {
      cursor.reset(value.array(), value.offset(), value.length());
      switch (kind) {
        case EvaluateKey.TOTALS -> measured.addTotals(cursor);
        case EvaluateKey.UNSCORED -> measured.addUnscored(cursor);
        case EvaluateKey.SCORE -> tally.add(cursor);
        default -> throw new IOException("Cannot read a key of kind " + kind);
      }
    }
    if (kind == EvaluateKey.SCORE) {
      int classNumber = EvaluateKey.readShort(keyCursor);
      measured.addScore(classNumber, EvaluateKey.readScore(keyCursor), tally);
    }
  }

  private Measurement begin(Group next) throws IOException, InterruptedException {
    if (measurement == null || !next.equals(group)) {
      finish();
      group = next;
      measurement = Measurement.of(settings, settings.models().get(next.model()).classes());
    }
    return measurement;
  }

  private void finish() throws IOException, InterruptedException {
    if (group != null && measurement != null) {
      writer.write(group, measurement);
    }
  }

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TaskFailure.noting(context, () -> measure(context));
  }

  private void measure(Context context) throws IOException, InterruptedException {
    setup(context);
    try {
      while (context.nextKey()) {
        reduce(context.getCurrentKey(), context.getValues(), context);
      }
      finish(); // not in cleanup, which is also called after a failure
    } finally {
      cleanup(context);
    }
  }
}
