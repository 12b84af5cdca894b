package io.millrace.run;

import io.millrace.job.io.OneSplitInputFormat;
import io.millrace.warehouse.LeaseTiming;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;

/** The one task of a {@link KeptContainer}: runs the jobs that its run sends it. */
final class JobsInOneTask extends Mapper<NullWritable, NullWritable, NullWritable, NullWritable> {
  @Override
  public void run(Context context) throws IOException, InterruptedException {
    TerseDefaults.use();
    Configuration configuration = context.getConfiguration();
    new MailedJobs(
            JobMailbox.of(configuration),
            LocalRuntime.temporaryFolder(),
            LeaseTiming.of(configuration).deadAfter())
        .work(context::progress);
  }

  /** The jobs have splits of their own. */
  static final class OneSplit extends OneSplitInputFormat {
    @Override
    protected long bytes(Configuration configuration) {
      return 0;
    }
  }
}
