package io.millrace.job.clean;

import io.millrace.aggregate.PartialSettings;
import io.millrace.expression.CompiledProgram;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.Step;
import io.millrace.job.io.CombinedStates;
import io.millrace.job.io.JobOutput;
import io.millrace.job.io.JobSettings;
import io.millrace.job.io.JobTemplate;
import io.millrace.job.io.LandingFile;
import io.millrace.job.io.LandingInputFormat;
import io.millrace.job.io.TaskProfile;
import io.millrace.pipeline.Cleaning;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Sample;
import io.millrace.quality.StepText;
import io.millrace.spec.CleanSpec;
import io.millrace.spec.FormatSpec;
import io.millrace.spec.SourceSpec;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.jspecify.annotations.Nullable;

/** The job that cleans one date. */
public final class CleanJob {
  /** The data set of clean rows, below the job's output. */
  public static final String CLEAN = "clean";

  /** The data set of quarantined records, below the job's output. */
  public static final String QUARANTINE = "quarantine/clean";

  /** The partials of a feature group, below the job's output, where the job makes them too. */
  public static final String PARTIALS = "partials";

  /** The combined states of feature groups, below the job's output, where the job makes some. */
  public static final String COMBINED = "combined";

  /** The group of the counters of rows that were combined: a counter each feature group. */
  public static final String COMBINED_COUNTERS = "millrace.combined";

  private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

  private CleanJob() {}

  /**
   * What the job is to do.
   *
   * @param files of the date's input
   * @param earlier clean files of the earlier dates whose keys count, where they do
   * @param rowFiles how many files of clean rows, a power of two
   * @param quarantineFiles how many files of quarantined records, a power of two
   * @param entity columns of the entities whose records lie together; none where no entity's do
   * @param partials that are made of the rows in the same pass, of those entities
   * @param combined groups whose states are combined in the same pass, for jobs of their own
   * @param profile whether the rows are profiled
   * @param fingerprint of the partition that is made
   */
  public record Request(
      SourceSpec source,
      ZoneId zone,
      Cleaning cleaning,
      LocalDate date,
      List<LandingFile> files,
      List<Path> earlier,
      int rowFiles,
      int quarantineFiles,
      List<String> entity,
      Optional<Partials> partials,
      List<Partials> combined,
      boolean profile,
      String fingerprint,
      Path output) {
    public Request {
      files = List.copyOf(files);
      earlier = List.copyOf(earlier);
      entity = List.copyOf(entity);
      combined = List.copyOf(combined);
    }
  }

  /**
   * Partials that the job makes beside clean rows, or combines states for.
   *
   * @param fingerprint of their partition
   */
  public record Partials(FeatureGroup group, PartialSettings settings, String fingerprint) {}

  /** The job, ready to be submitted. */
  public static Job create(Configuration base, Request request) throws IOException {
    Job job =
        JobTemplate.create(
            base,
            "millrace clean " + request.date(),
            CleanJob.class,
            request.output(),
            output(request));
    Configuration configuration = job.getConfiguration();
    JobSettings.put(configuration, settings(request));
    request.partials().ifPresent(made -> JobSettings.put(configuration, made.settings()));
    if (!request.combined().isEmpty()) {
      JobSettings.put(configuration, combined(request));
    }
    configuration.setInt(CleanPartitioner.ROW_PARTITIONS, request.rowFiles());
    if (request.profile()) {
      TaskProfile.want(configuration, request.cleaning().rows());
    }
    LandingInputFormat.setFiles(configuration, request.files());
    configuration.setBoolean(LandingInputFormat.HEADER, request.source().format().header());
    if (request.earlier().isEmpty()) {
      job.setInputFormatClass(LandingInputFormat.class);
      job.setMapperClass(CleanMapper.class);
    } else {
      job.setInputFormatClass(CleanInputFormat.class);
      FileInputFormat.setInputPaths(job, request.earlier().toArray(Path[]::new));
      job.setMapperClass(CleanInputMapper.class);
    }
    job.setPartitionerClass(CleanPartitioner.class);
    job.setReducerClass(CleanReducer.class);
    job.setNumReduceTasks(firstQuarantineTask(request) + request.quarantineFiles());
    return job;
  }

  /** Where there is one file of each, one task writes both: it costs less to start. */
  private static int firstQuarantineTask(Request request) {
    return request.rowFiles() == 1 && request.quarantineFiles() == 1 ? 0 : request.rowFiles();
  }

  private static JobOutput output(Request request) {
    List<JobOutput.DataSet> dataSets = new ArrayList<>();
    dataSets.add(
        new JobOutput.DataSet(
            CLEAN,
            request.cleaning().rows().toAvro().toString(),
            request.fingerprint(),
            0,
            request.rowFiles(),
            true));
    dataSets.add(
        new JobOutput.DataSet(
            QUARANTINE,
            RecordCleaner.quarantineSchema().toString(),
            request.fingerprint(),
            firstQuarantineTask(request),
            request.quarantineFiles(),
            true));
    // the reduces that have an entity's rows have all that there is to know of it
    request
        .partials()
        .map(
            made ->
                new JobOutput.DataSet(
                    PARTIALS,
                    PARTIALS + "/" + made.group().name(),
                    made.group().partialSchema().toString(),
                    made.fingerprint(),
                    0,
                    request.rowFiles(),
                    true))
        .ifPresent(dataSets::add);
    request.combined().forEach(made -> dataSets.add(combined(made, request.rowFiles())));
    return new JobOutput(dataSets);
  }

  private static JobOutput.DataSet combined(Partials made, int rowFiles) {
    return new JobOutput.DataSet(
        combined(made.group()), CombinedStates.SCHEMA, made.fingerprint(), 0, rowFiles, true);
  }

  /** The folder of a group's combined states, below the job's output. */
  public static String combined(FeatureGroup group) {
    return COMBINED + "/" + group.name();
  }

  private static CombinedSettings combined(Request request) {
    return new CombinedSettings(
        request.combined().stream()
            .map(
                made ->
                    new CombinedSettings.Group(
                        made.group().name(), combined(made.group()), made.settings()))
            .toList());
  }

  private static CleanSettings settings(Request request) {
    Cleaning cleaning = request.cleaning();
    CompiledProgram program =
        new ExpressionCompiler(request.zone()).compile(cleaning.rows(), cleaning.steps());
    return new CleanSettings(
        csv(request.source().format()),
        request.zone().getId(),
        cleaning.rows().toReaderAvro().toString(),
        cleaning.sourceSchema(),
        program,
        cleaning.steps().stream().map(CleanJob::text).toList(),
        cleaning.eventTime().orElse(null),
        latenessDays(request),
        request.date().toString(),
        duplicates(cleaning.deduplicate()),
        cleaning.keyColumns(),
        request.entity(),
        cleaning.sample().map(sample -> sample(sample, cleaning)).orElse(null));
  }

  private static CleanSettings.SampleSettings sample(Sample sample, Cleaning cleaning) {
    boolean byKey = cleaning.deduplicate() instanceof CleanSpec.Deduplicate.ByKey;
    return new CleanSettings.SampleSettings(
        sample.columns(),
        sample.hashLimit(),
        byKey && !cleaning.keyColumns().containsAll(sample.columns()));
  }

  private static FormatSpec.Csv csv(FormatSpec format) {
    if (format instanceof FormatSpec.Csv csv) {
      return csv;
    }
    throw new IllegalArgumentException("Cannot clean records of format " + format);
  }

  private static StepText text(Step step) {
    return new StepText(
        step.name(),
        LINE_BREAKS.matcher(step.expression().sql().strip()).replaceAll(" "),
        List.copyOf(step.expression().columns()));
  }

  /** On the first date of all, the initial load, events of any earlier day are taken. */
  private static @Nullable Integer latenessDays(Request request) {
    return request.source().lateness() instanceof SourceSpec.Lateness.Days limit
            && !request.date().equals(request.source().from())
        ? limit.days()
        : null;
  }

  private static CleanSettings.Duplicates duplicates(CleanSpec.Deduplicate deduplicate) {
    if (deduplicate instanceof CleanSpec.Deduplicate.ByKey byKey) {
      return byKey.keep() == CleanSpec.Keep.EARLIEST
          ? CleanSettings.Duplicates.KEEP_EARLIEST
          : CleanSettings.Duplicates.KEEP_LATEST;
    }
    return deduplicate instanceof CleanSpec.Deduplicate.Exact
        ? CleanSettings.Duplicates.KEEP_ONE_OF_EQUAL
        : CleanSettings.Duplicates.KEEP_ALL;
  }
}
