package io.millrace.run;

import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.train.glm.GlmSettings;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What sums over training rows are asked of.
 *
 * @param configuration of jobs
 * @param files of training rows, in their order
 * @param work a folder for what is left on the way
 */
record GlmRounds(
    Configuration configuration,
    GlmSettings settings,
    List<InputFile> files,
    Path work,
    StageJobs jobs) {
  GlmRounds {
    files = List.copyOf(files);
  }

  long fileBytes() {
    return files.stream().mapToLong(InputFile::length).sum();
  }
}
