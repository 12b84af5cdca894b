package io.millrace.job.clean;

import io.millrace.aggregate.EntityAggregator;
import io.millrace.aggregate.PartialSettings;
import io.millrace.job.io.PartialsCounter;
import io.millrace.job.io.Slice;
import io.millrace.row.ByteBuilder;
import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the partials of the entities whose rows come together, while the rows are written. Not
 * thread-safe.
 */
final class PartialsFold {
  private static final Logger LOG = LoggerFactory.getLogger(PartialsFold.class);
  private static final Text PARTIALS = new Text(CleanJob.PARTIALS);

  private final TaskInputOutputContext<?, ?, Text, Slice> context;
  private final EntityAggregator aggregator;
  private final Slice partial = new Slice();

  PartialsFold(PartialSettings settings, TaskInputOutputContext<?, ?, Text, Slice> context) {
    this.context = context;
    aggregator = new EntityAggregator(settings, this::write);
  }

  private void write(ByteBuilder bytes) throws IOException, InterruptedException {
    context.write(PARTIALS, partial.set(bytes.array(), 0, bytes.length()));
  }

  /** The rows that follow are of another entity. */
  void begin(KeyEntity entity) throws IOException, InterruptedException {
    aggregator.begin(entity.array(), entity.start(), entity.length());
  }

  /** Adds a row of the entity, or one without any. */
  void add(Slice row) {
    aggregator.add(row.array(), row.offset(), row.length());
  }

  /** Writes what is left, and counts. */
  void close() throws IOException, InterruptedException {
    aggregator.flush();
    PartialsCounter.countRecords(context, aggregator.counts());
    PartialsCounter.STATES_WRITTEN.count(context, aggregator.counts().states());
    aggregator.firstError().ifPresent(error -> LOG.warn("First error of an expression: {}", error));
  }
}
