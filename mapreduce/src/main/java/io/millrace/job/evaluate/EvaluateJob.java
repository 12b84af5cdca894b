package io.millrace.job.evaluate;

import io.millrace.avro.Evaluation;
import io.millrace.job.io.AvroBlockInputFormat;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.ModelFile;
import io.millrace.job.io.ModelSettings;
import io.millrace.job.io.TaskLibrary;
import io.millrace.learn.metrics.EvaluationReport;
import io.millrace.learn.metrics.UnitDeviance;
import io.millrace.model.ModelSession;
import io.millrace.pipeline.Training;
import io.millrace.row.Column;
import io.millrace.spec.EvaluateSpec;
import io.millrace.spec.Located;
import io.millrace.spec.ModelSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/** Training rows in, what is measured of models on them out. */
public final class EvaluateJob {
  /** The data set of what was measured. */
  public static final String DATA_SET = "evaluation";

  /** With more scores to be put in order than these, each part of each model has its own task. */
  private static final long MOST_SCORES_OF_ONE_TASK = 4_000_000;

  /** Inputs are shuffled on about so many test rows. */
  private static final double SHUFFLED_ROWS = 20_000;

  /** Rows times inputs of the shuffling are about so many, where there are many inputs. */
  private static final double SHUFFLED_VALUES = 2_000_000;

  private EvaluateJob() {}

  /**
   * The training rows.
   *
   * @param files Avro files, in the order of the manifest
   * @param rows how many they have
   * @param testRows how many of these are for the test
   */
  public record Examples(List<Path> files, long rows, long testRows) {
    public Examples {
      files = List.copyOf(files);
    }
  }

  /**
   * The job, not yet submitted.
   *
   * @param models the candidate first; each role at most once
   * @param fingerprint of the partition, at least 32 hexadecimal digits
   */
  public static Job create(
      Configuration base,
      Training training,
      Examples examples,
      List<MeasuredModel> models,
      String fingerprint,
      Path output)
      throws IOException {
    EvaluateSettings settings = settings(training, examples, models);
    int tasks = tasks(examples.rows(), settings);
    JobOutput.DataSet measured =
        new JobOutput.DataSet(
            DATA_SET, Evaluation.getClassSchema().toString(), fingerprint, 0, tasks, true);
    Job job =
        JobTemplate.create(
            base, "evaluate", EvaluateJob.class, output, new JobOutput(List.of(measured)));
    Configuration configuration = job.getConfiguration();
    JobSettings.put(configuration, settings);
    TaskLibrary.ONNX_RUNTIME.require(configuration);
    for (MeasuredModel model : models) {
      ModelFile.add(job, model.onnx(), model.role().fieldValue(), fingerprint);
    }
    // batches are counted from the start of a file
    configuration.setBoolean(AvroBlockInputFormat.WHOLE_FILES, true);
    job.setInputFormatClass(AvroBlockInputFormat.class);
    FileInputFormat.setInputPaths(job, examples.files().toArray(Path[]::new));
    job.setMapperClass(EvaluateMapper.class);
    job.setCombinerClass(EvaluateCombiner.class);
    job.setPartitionerClass(EvaluatePartitioner.class);
    job.setReducerClass(EvaluateReducer.class);
    job.setNumReduceTasks(tasks);
    return job;
  }

  private static EvaluateSettings settings(
      Training training, Examples examples, List<MeasuredModel> models) {
    EvaluateSpec spec = training.spec().evaluate();
    if (spec.segments().size() > EvaluateKey.MOST_SEGMENTS) {
      throw new IllegalArgumentException(
          "Cannot evaluate by %d segments: expected at most %d"
              .formatted(spec.segments().size(), EvaluateKey.MOST_SEGMENTS));
    }
    List<String> inputs = training.inputs().stream().map(Column::name).toList();
    double wanted = Math.min(SHUFFLED_ROWS, SHUFFLED_VALUES / Math.max(1, inputs.size()));
    return new EvaluateSettings(
        training.rows().toAvro().toString(),
        training.target(),
        deviance(training.spec().model()),
        spec.threshold(),
        spec.top().stream().map(EvaluateSettings.PlainTop::of).toList(),
        spec.segments().stream().map(Located::value).toList(),
        models.stream()
            .map(
                model ->
                    new EvaluateSettings.Model(
                        model.role(), ModelSettings.of(model.bound()), model.classes()))
            .toList(),
        new EvaluateSettings.Permutations(
            inputs,
            Math.min(1, wanted / Math.max(1, examples.testRows())),
            training.spec().model().seed()),
        ModelSession.BATCH_ROWS);
  }

  private static UnitDeviance deviance(ModelSpec model) {
    boolean poisson =
        switch (model.kind().value()) {
          case POISSON -> true;
          case LOGISTIC, LINEAR -> false;
          case TREES ->
              model.algorithm() instanceof ModelSpec.Trees trees
                  && trees.objective().filter(ModelSpec.Objective.POISSON::equals).isPresent();
        };
    return poisson ? UnitDeviance.POISSON : UnitDeviance.GAUSSIAN;
  }

  /** How many reduces: from the rows and the spec, never from the cluster. */
  private static int tasks(long rows, EvaluateSettings settings) {
    int models = settings.models().size();
    long groups = (long) models * (1 + settings.segments().size());
    return rows > MOST_SCORES_OF_ONE_TASK / groups ? EvaluateKey.partitions(models) : 1;
  }

  /** Reads what was measured. */
  public static EvaluationReport read(List<Path> files, Configuration configuration)
      throws IOException {
    List<GenericRecord> stored = new ArrayList<>();
    for (Path file : files) {
      try (DataFileStream<GenericRecord> records =
          new DataFileStream<>(
              file.getFileSystem(configuration).open(file), new GenericDatumReader<>())) {
        records.forEach(stored::add);
      }
    }
    return EvaluationReport.of(stored);
  }
}
