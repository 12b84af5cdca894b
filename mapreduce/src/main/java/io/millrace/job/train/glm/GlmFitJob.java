package io.millrace.job.train.glm;

import io.millrace.allreduce.Token;
import io.millrace.job.io.FilesInputFormat;
import io.millrace.job.io.InputFiles;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.lib.output.NullOutputFormat;

/**
 * All iterations of a fit: maps that join a driver, keep the rows of their files, and answer until
 * it has no more questions. It writes nothing; all maps must run at once.
 */
public final class GlmFitJob {
  static final Text TOKEN = new Text("millrace.allreduce.token");

  /** A map that neither reads nor adds, and hears nothing of the driver, is killed after that. */
  private static final long TASK_TIMEOUT_MILLIS = 120_000;

  private GlmFitJob() {}

  /**
   * The job, not yet submitted. A map that is lost is tried again, and joins again.
   *
   * @param input files of training rows; what a task reads is a worker's
   * @param output a folder of the job's own, for what failed tasks have to say
   */
  public static Job create(
      Configuration base,
      GlmSettings settings,
      InputFiles input,
      GlmMembership membership,
      Token token,
      Path output)
      throws IOException {
    Job job = JobTemplate.create(base, "fit", GlmFitJob.class, output, new JobOutput(List.of()));
    Configuration configuration = job.getConfiguration();
    JobSettings.put(configuration, settings);
    JobSettings.put(configuration, input);
    JobSettings.put(configuration, membership);
    if (JobTemplate.isLocal(configuration)) {
      // Hadoop's local runner may begin before it has taken the job's credentials
      configuration.set(TOKEN.toString(), HexFormat.of().formatHex(token.bytes()));
    } else {
      job.getCredentials().addSecretKey(TOKEN, token.bytes());
    }
    job.setInputFormatClass(FilesInputFormat.class);
    job.setMapperClass(GlmFitMapper.class);
    job.setOutputFormatClass(NullOutputFormat.class);
    job.setNumReduceTasks(0);
    // a second attempt beside the first would take its place and read everything again
    job.setMapSpeculativeExecution(false);
    if (membership.firstFiles().size() > 1) {
      // there, one map runs after the other
      configuration.setBoolean(MRJobConfig.JOB_UBERTASK_ENABLE, false);
    }
    if (isDefault(configuration, MRJobConfig.TASK_TIMEOUT)) {
      configuration.setLong(MRJobConfig.TASK_TIMEOUT, TASK_TIMEOUT_MILLIS);
    }
    return job;
  }

  private static boolean isDefault(Configuration configuration, String key) {
    String[] sources = configuration.getPropertySources(key);
    return sources == null
        || sources.length == 0
        || sources[sources.length - 1].endsWith("-default.xml");
  }

  static Token token(JobContext context) throws IOException {
    String local = context.getConfiguration().get(TOKEN.toString());
    if (local != null) {
      return Token.of(HexFormat.of().parseHex(local));
    }
    byte[] secret = context.getCredentials().getSecretKey(TOKEN);
    if (secret == null) {
      throw new IOException("Cannot join a driver: the job's credentials have no " + TOKEN);
    }
    return Token.of(secret);
  }
}
