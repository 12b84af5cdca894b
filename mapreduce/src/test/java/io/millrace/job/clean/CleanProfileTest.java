package io.millrace.job.clean;

import static io.millrace.job.clean.Payments.DATE;
import static io.millrace.job.clean.Payments.SPEC;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.avro.ColumnProfile;
import io.millrace.job.LocalRunner;
import io.millrace.job.io.LandingFile;
import io.millrace.job.io.LandingInputFormat;
import io.millrace.job.io.TaskProfile;
import io.millrace.pipeline.SpecText;
import io.millrace.profile.TableProfile;
import io.millrace.row.ByteBuilder;
import io.millrace.row.RowType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanProfileTest {
  private static final int ROW_FILES = 4;
  private static final SpecText PROFILED = SPEC.with("profile: false", "profile: true");

  @TempDir Path folder;
  private LocalRunner runner;
  private final List<LandingFile> files = new ArrayList<>();

  @BeforeEach
  void landFiles() throws IOException {
    runner = new LocalRunner(folder);
    Random random = new Random(5);
    for (String name : List.of("part-1.csv", "part-2.csv", "part-3.csv")) {
      Path path = folder.resolve("landing").resolve(name);
      Files.createDirectories(path.getParent());
      Files.write(path, RandomPayments.file(random, 1_500));
      files.add(new LandingFile(path.toUri().toString(), name, Files.size(path)));
    }
  }

  private Job run(SpecText spec, Configuration configuration, String output) throws Exception {
    Job job =
        CleanJob.create(
            configuration, Payments.request(spec, DATE, files, ROW_FILES, 2, runner.path(output)));
    runner.run(job);
    return job;
  }

  private TableProfile profile(String output) throws IOException {
    RowType rows = PROFILED.bind().cleaning().rows();
    return TaskProfile.collect(runner.path(output), rows, runner.configuration());
  }

  private static byte[] bytes(TableProfile profile) {
    ByteBuilder bytes = new ByteBuilder();
    profile.write(bytes);
    return bytes.toByteArray();
  }

  @Test
  void shouldProfileTheRowsThatAreKeptHoweverTheWorkIsCut() throws Exception {
    Job whole = run(PROFILED, runner.configuration(), "whole");
    TableProfile profile = profile("whole");
    long kept =
        whole
            .getCounters()
            .findCounter(CleanCounter.GROUP, CleanCounter.KEPT.counterName())
            .getValue();
    for (ColumnProfile column : profile.records()) {
      assertEquals(kept, column.getRows());
    }

    Configuration cut = runner.configuration();
    cut.setLong(LandingInputFormat.SPLIT_BYTES, 7_001);
    cut.setInt(LandingInputFormat.BLOCK_BYTES, 300);
    cut.setInt("mapreduce.task.io.sort.factor", 2);
    cut.setInt("mapreduce.local.reduce.tasks.maximum", 1);
    Collections.reverse(files);
    run(PROFILED, cut, "pieces");
    assertArrayEquals(bytes(profile), bytes(profile("pieces")));
  }

  @Test
  void shouldTakeTheTasksProfilesAway() throws Exception {
    run(PROFILED, runner.configuration(), "out");
    profile("out");
    assertFalse(Files.exists(folder.resolve("out/_profiles")));
    assertEquals(0, profile("out").rows());
  }

  @Test
  void shouldWriteNoneWhereNoneIsWanted() throws Exception {
    run(SPEC, runner.configuration(), "out");
    assertFalse(Files.exists(folder.resolve("out/_profiles")));
  }
}
