package io.millrace.job.partials;

import io.millrace.aggregate.ComputationCompiler;
import io.millrace.aggregate.PartialSettings;
import io.millrace.aggregate.StateCall;
import io.millrace.expression.Step;
import io.millrace.expression.TypedExpression;
import io.millrace.job.io.AvroBlockInputFormat;
import io.millrace.job.io.CombinedStates;
import io.millrace.job.io.FilesInputFormat;
import io.millrace.job.io.InputFiles;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/**
 * Makes the partials of one group and date of the clean records of that date.
 *
 * <p>There is no combiner: the mapper's table does its work, and what a second flush of it leaves
 * is merged by the reducer.
 */
public final class PartialsJob {
  /** The folder of the partials below the job's output. */
  public static final String DATA_SET = "partials";

  private PartialsJob() {}

  /**
   * The job, not yet submitted.
   *
   * @param cleanFiles at least one
   * @param written the columns of the clean files, which may lack some that were added later
   * @param buckets how many files to write, a power of two
   * @param fingerprint of the partition, at least 32 hexadecimal digits
   */
  public static Job create(
      Configuration base,
      FeatureGroup group,
      List<Path> cleanFiles,
      RowType written,
      int buckets,
      String fingerprint,
      Path output)
      throws IOException {
    if (cleanFiles.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot make partials of " + group.name() + ": there are no clean files to read");
    }
    Job job = create(base, group, written, buckets, fingerprint, output);
    job.setInputFormatClass(AvroBlockInputFormat.class);
    FileInputFormat.setInputPaths(job, cleanFiles.toArray(Path[]::new));
    job.setMapperClass(PartialsMapper.class);
    return job;
  }

  /**
   * The same of states that the job of clean has combined its records into; they are combined
   * further before they are sent.
   *
   * @param states files of {@link CombinedStates}
   * @param written the columns of the clean records
   */
  public static Job ofCombined(
      Configuration base,
      FeatureGroup group,
      InputFiles states,
      RowType written,
      int buckets,
      String fingerprint,
      Path output)
      throws IOException {
    Job job = create(base, group, written, buckets, fingerprint, output);
    JobSettings.put(job.getConfiguration(), states);
    job.setInputFormatClass(FilesInputFormat.class);
    job.setMapperClass(CombinedStatesMapper.class);
    return job;
  }

  private static Job create(
      Configuration base,
      FeatureGroup group,
      RowType written,
      int buckets,
      String fingerprint,
      Path output)
      throws IOException {
    JobOutput.DataSet partials =
        new JobOutput.DataSet(
            DATA_SET,
            DATA_SET + "/" + group.name(),
            group.partialSchema().toString(),
            fingerprint,
            0,
            buckets,
            true);
    Job job =
        JobTemplate.create(
            base,
            "partials " + group.name(),
            PartialsJob.class,
            output,
            new JobOutput(List.of(partials)));
    job.setReducerClass(PartialsReducer.class);
    job.setNumReduceTasks(buckets);
    JobSettings.put(job.getConfiguration(), settings(group, written));
    return job;
  }

  /**
   * What tells a task how to make the partials of a group.
   *
   * @param written the columns of the clean records, which may lack some that were added later
   */
  public static PartialSettings settings(FeatureGroup group, RowType written) {
    List<Step.Check> filter =
        group.where().stream().map(where -> new Step.Check("where", where)).toList();
    Map<TypedExpression, Step.Assign> computed = new LinkedHashMap<>();
    List<String> arguments = new ArrayList<>();
    for (StateCall state : group.states()) {
      arguments.add(state.argument().map(argument -> column(argument, computed)).orElse(""));
    }
    return new PartialSettings(
        written.toAvro().toString(),
        group.readColumns(),
        group.clean().toReaderAvro().toString(),
        group.entity(),
        group.eventTime(),
        group.zone().getId(),
        new ComputationCompiler(group.zone())
            .compile(group.clean(), filter, List.copyOf(computed.values())),
        group.states().stream().map(StateCall::settings).toList(),
        arguments);
  }

  /** The column that holds an argument; one that has to be computed is computed once. */
  private static String column(
      TypedExpression argument, Map<TypedExpression, Step.Assign> computed) {
    return argument
        .column()
        .orElseGet(
            () ->
                computed
                    .computeIfAbsent(
                        argument, key -> new Step.Assign(key.sql(), key, "$" + computed.size()))
                    .column());
  }
}
