package io.millrace.job.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.security.TokenCache;

/**
 * Text files that have landed, as blocks of whole lines. Cuts big files, unless they are
 * compressed, and puts small ones together. The files are those that {@link #setFiles} was given;
 * nothing is listed again.
 */
public final class LandingInputFormat extends FileInputFormat<NullWritable, LineBlock> {
  /** The files, as JSON. */
  public static final String FILES = "millrace.input.files";

  /** Bytes that a map task should read. */
  public static final String SPLIT_BYTES = "millrace.input.split-bytes";

  /** Bytes that a block of lines should hold. */
  public static final String BLOCK_BYTES = "millrace.input.block-bytes";

  /** The longest line that is read; a longer one fails the task. */
  public static final String MAX_LINE_BYTES = "millrace.input.max-line-bytes";

  /** Whether the first line of each file is its header. */
  public static final String HEADER = "millrace.input.header";

  static final int HEADER_BLOCK_BYTES = 8 * 1024;

  private static final long DEFAULT_SPLIT_BYTES = 128L << 20;
  private static final int DEFAULT_BLOCK_BYTES = 1 << 20;
  private static final int DEFAULT_MAX_LINE_BYTES = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Says what to read. */
  public static void setFiles(Configuration configuration, List<LandingFile> files) {
    try {
      configuration.set(FILES, JSON.writeValueAsString(files));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write the list of input files: " + files, e);
    }
  }

  static List<LandingFile> files(Configuration configuration) throws IOException {
    // raw: a name may look like a variable
    String json = configuration.getRaw(FILES);
    if (json == null) {
      throw new IOException("Cannot find the input files: " + FILES + " is not set");
    }
    return JSON.readValue(json, new TypeReference<List<LandingFile>>() {});
  }

  static LineBlockReader.Settings readerSettings(Configuration configuration) {
    return new LineBlockReader.Settings(
        configuration.getInt(BLOCK_BYTES, DEFAULT_BLOCK_BYTES),
        configuration.getInt(MAX_LINE_BYTES, DEFAULT_MAX_LINE_BYTES),
        configuration.getBoolean(HEADER, false));
  }

  @Override
  public List<InputSplit> getSplits(JobContext job) throws IOException {
    Configuration configuration = job.getConfiguration();
    CompressionCodecFactory codecs = new CompressionCodecFactory(configuration);
    List<LandingFile> files = files(configuration);
    obtainTokens(job, files);
    List<Path> paths = files.stream().map(file -> new Path(file.path())).toList();
    BlockPlaces places = BlockPlaces.find(paths, configuration);
    List<LandingSplitter.Placed> placed = new ArrayList<>();
    for (LandingFile file : files) {
      Path path = new Path(file.path());
      boolean cuttable = codecs.getCodec(path) == null;
      placed.add(new LandingSplitter.Placed(file, cuttable, places.of(path)));
    }
    long target = configuration.getLongBytes(SPLIT_BYTES, DEFAULT_SPLIT_BYTES);
    return List.copyOf(new LandingSplitter(target).split(placed));
  }

  /** What {@link FileInputFormat} does when it lists files, for clusters with Kerberos. */
  private static void obtainTokens(JobContext job, List<LandingFile> files) throws IOException {
    Path[] folders =
        files.stream()
            .map(file -> new Path(file.path()).getParent())
            .distinct()
            .toArray(Path[]::new);
    TokenCache.obtainTokensForNamenodes(job.getCredentials(), folders, job.getConfiguration());
  }

  @Override
  protected boolean isSplitable(JobContext context, Path file) {
    return new CompressionCodecFactory(context.getConfiguration()).getCodec(file) == null;
  }

  @Override
  public RecordReader<NullWritable, LineBlock> createRecordReader(
      InputSplit split, TaskAttemptContext context) {
    return new LandingRecordReader((LandingSplit) split, context.getConfiguration());
  }
}
