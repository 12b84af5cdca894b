package io.millrace.job.train.glm;

import io.millrace.allreduce.AllReduceWorker;
import io.millrace.job.io.FilesSplit;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.RecordBlock;
import io.millrace.job.io.RecordPlace;
import io.millrace.job.io.TaskFailure;
import io.millrace.job.train.ExampleReader;
import io.millrace.learn.Part;
import io.millrace.learn.glm.Order;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** A worker of a fit: joins, reads its files, answers. */
public final class GlmFitMapper
    extends Mapper<IntWritable, RecordBlock, NullWritable, NullWritable> {
  private RecordPlace place;

  @Override
  public void run(Context context) throws IOException, InterruptedException {
    GlmSettings settings = JobSettings.get(context.getConfiguration(), GlmSettings.class);
    ExampleReader reader = new ExampleReader(settings.examples(), Set.of(Part.TRAIN));
    place = new RecordPlace(reader::taken);
    TaskFailure.noting(context, () -> work(settings, reader, context), place::text);
  }

  private void work(GlmSettings settings, ExampleReader reader, Context context)
      throws IOException, InterruptedException {
    GlmMembership membership = JobSettings.get(context.getConfiguration(), GlmMembership.class);
    FilesSplit files = (FilesSplit) context.getInputSplit();
    int worker = membership.worker(files.first());
    try (AllReduceWorker joined =
        AllReduceWorker.join(
            membership.address(),
            GlmFitJob.token(context),
            worker,
            context.getTaskAttemptID().getId(),
            membership.timing())) {
      HeldRows.Sign sign =
          () -> {
            joined.working();
            context.progress();
          };
      try {
        WorkerMemory memory =
            new WorkerMemory(settings.shape(), files.paths().size(), membership.workersOfProcess());
        HeldRows rows = read(settings, reader, files, context, memory, sign);
        joined.answer(
            round -> rows.sums(round.coefficients(), Order.valueOf(round.kind()), sign),
            context::progress);
      } catch (NoRoomException e) {
        joined.fail(true, e.getMessage());
        throw e;
      } catch (IOException | RuntimeException | Error e) {
        joined.fail(false, String.valueOf(e.getMessage()));
        throw e;
      }
    }
  }

  private HeldRows read(
      GlmSettings settings,
      ExampleReader reader,
      FilesSplit files,
      Context context,
      WorkerMemory memory,
      HeldRows.Sign sign)
      throws IOException, InterruptedException {
    HeldRows rows = new HeldRows(settings.shape(), files.first());
    RowGroups groups = new RowGroups(settings.shape(), rows::add);
    while (context.nextKeyValue()) {
      beginFilesUpTo(context.getCurrentKey().get() - files.first(), rows, groups);
      RecordBlock block = context.getCurrentValue();
      place.enter(block);
      reader.read(block, groups::add);
      place.leave();
      memory.check(rows.bytes() + groups.bytes());
      sign.give();
    }
    beginFilesUpTo(files.paths().size() - 1, rows, groups);
    groups.endFile();
    return rows;
  }

  /** Begins a file, and those before it that have no rows. */
  private static void beginFilesUpTo(int file, HeldRows rows, RowGroups groups)
      throws IOException, InterruptedException {
    while (rows.files() <= file) {
      groups.endFile();
      rows.beginFile();
    }
  }
}
