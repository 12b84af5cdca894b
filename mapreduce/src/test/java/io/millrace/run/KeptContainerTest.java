package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.job.io.TaskFailure;
import io.millrace.plan.StageId;
import io.millrace.warehouse.LeaseLostException;
import io.millrace.warehouse.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers that are threads of this process: their master runs by the local runner, too. */
@Timeout(60)
class KeptContainerTest {
  private static final String GROUP = "millrace";
  private static final Duration HEARTBEAT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final long MOMENT_MILLIS = 20;

  @TempDir private Path folder;
  private final List<Job> masters = Collections.synchronizedList(new ArrayList<>());
  private final List<KeptContainer> started = new ArrayList<>();

  @AfterEach
  void leave() {
    started.forEach(KeptContainer::close);
  }

  /** Counts words of a line as {@code word -> 1}; some words do more. */
  static final class Words extends Mapper<LongWritable, Text, Text, LongWritable> {
    @Override
    protected void map(
        LongWritable place,
        Text line,
        Mapper<LongWritable, Text, Text, LongWritable>.Context context)
        throws IOException, InterruptedException {
      TaskFailure.noting(
          context,
          () -> {
            for (String word : line.toString().split(" ", -1)) {
              take(word);
              context.write(new Text(word), new LongWritable(1));
            }
          });
      context.getCounter(GROUP, "lines_total").increment(1);
    }

    private static void take(String word) throws IOException, InterruptedException {
      if (word.equals("broken")) {
        throw new IOException("Cannot count: " + word);
      }
      if (word.startsWith("write:")) {
        Files.createFile(Path.of(word.substring("write:".length())));
      }
      while (word.startsWith("await:")
          && !Files.exists(Path.of(word.substring("await:".length())))) {
        Thread.sleep(MOMENT_MILLIS);
      }
    }
  }

  static final class Sums extends Reducer<Text, LongWritable, Text, LongWritable> {
    @Override
    protected void reduce(
        Text word,
        Iterable<LongWritable> ones,
        Reducer<Text, LongWritable, Text, LongWritable>.Context context)
        throws IOException, InterruptedException {
      long sum = 0;
      for (LongWritable one : ones) {
        sum += one.get();
      }
      context.write(word, new LongWritable(sum));
    }
  }

  private Configuration configuration() throws IOException {
    return LocalRuntime.ofThisMachine(Files.createDirectories(folder.resolve("work")));
  }

  private KeptContainer start(Duration longestIdle) throws IOException {
    Configuration cluster = configuration();
    KeptContainer container =
        KeptContainer.start(
            () -> {
              Job master = KeptContainer.job(OneContainer.master(cluster, 2048), "jobs");
              masters.add(master);
              try {
                master.submit();
              } catch (ClassNotFoundException e) {
                throw new IOException(e);
              }
              return master;
            },
            HEARTBEAT,
            longestIdle);
    started.add(container);
    return container;
  }

  /** A job of a map for each text, and two reduces. */
  private Job words(String name, String... texts) throws IOException {
    Path input = Files.createDirectory(folder.resolve(name + "-input"));
    for (int i = 0; i < texts.length; i++) {
      Files.writeString(input.resolve(i + ".txt"), texts[i]);
    }
    Job job = Job.getInstance(OneContainer.jobs(configuration(), 2048, 2), name);
    job.setMapperClass(Words.class);
    job.setReducerClass(Sums.class);
    job.setNumReduceTasks(2);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(LongWritable.class);
    FileInputFormat.setInputPaths(job, input.toString());
    FileOutputFormat.setOutputPath(
        job, new org.apache.hadoop.fs.Path(folder.resolve(name).toString()));
    return job;
  }

  private List<String> lines(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith("part-r-")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().sorted().toList();
  }

  private static Counters run(KeptContainer container, Job job)
      throws IOException, InterruptedException {
    return container.run(job, 0, (maps, reduces) -> {}, () -> {});
  }

  private JobStatus.State masterEnds() throws IOException, InterruptedException {
    Job master = masters.get(0);
    while (!master.isComplete()) {
      Thread.sleep(MOMENT_MILLIS);
    }
    return master.getStatus().getState();
  }

  private static void awaitFile(Path file) throws InterruptedException {
    while (!Files.exists(file)) {
      Thread.sleep(MOMENT_MILLIS);
    }
  }

  @Test
  void shouldRunOneJobAfterTheOtherAndTellWhatTheyCount() throws Exception {
    KeptContainer container = start(LONG);
    Counters first = run(container, words("first", "a b\na\n", "b a\n"));
    Counters second = run(container, words("second", "c\n"));
    assertEquals(List.of("a\t3", "b\t2"), lines("first"));
    assertEquals(List.of("c\t1"), lines("second"));
    assertEquals(3, first.findCounter(GROUP, "lines_total").getValue());
    assertEquals(1, second.findCounter(GROUP, "lines_total").getValue());
    container.close();
    assertEquals(JobStatus.State.SUCCEEDED, masterEnds());
    assertEquals(1, masters.size());
  }

  @Test
  void shouldRunTwoSideBySide() throws Exception {
    KeptContainer container = start(LONG);
    Path one = folder.resolve("one.sign");
    Path other = folder.resolve("other.sign");
    Job first = words("first", "write:%s await:%s".formatted(one, other));
    Job second = words("second", "write:%s await:%s".formatted(other, one));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Future<Counters> firstEnd = threads.submit(() -> run(container, first));
    Future<Counters> secondEnd = threads.submit(() -> run(container, second));
    assertEquals(1, firstEnd.get().findCounter(GROUP, "lines_total").getValue());
    assertEquals(1, secondEnd.get().findCounter(GROUP, "lines_total").getValue());
    threads.shutdown();
  }

  @Test
  void shouldHaveTwoPlaces() throws Exception {
    KeptContainer container = start(LONG);
    assertTrue(container.take());
    assertTrue(container.take());
    assertFalse(container.take());
    container.give();
    assertTrue(container.take());
  }

  @Test
  void shouldFailWithWhatATaskHasSaidAndGoOn() throws Exception {
    KeptContainer container = start(LONG);
    Job broken = words("broken", "a\n", "broken\n");
    StageFailedException failure =
        assertThrows(StageFailedException.class, () -> run(container, broken));
    assertEquals("broken failed: Cannot count: broken", failure.getMessage());
    assertEquals(Optional.empty(), failure.mayPass());
    run(container, words("next", "c\n"));
    assertEquals(List.of("c\t1"), lines("next"));
  }

  @Test
  void shouldFailAJobThatCannotEvenStartAndGoOn() throws Exception {
    KeptContainer container = start(LONG);
    Job unknown = words("unknown", "a\n");
    unknown.getConfiguration().set("mapreduce.job.inputformat.class", "io.millrace.Unknown");
    StageFailedException failure =
        assertThrows(StageFailedException.class, () -> run(container, unknown));
    assertTrue(failure.getMessage().contains("io.millrace.Unknown"), failure::getMessage);
    run(container, words("next", "c\n"));
    assertEquals(List.of("c\t1"), lines("next"));
  }

  @Test
  void shouldFailInAWayThatPassesWhereTheContainerIsLost() throws Exception {
    KeptContainer container = start(LONG);
    Path begun = folder.resolve("begun.sign");
    Job endless = words("endless", "write:%s await:%s".formatted(begun, folder.resolve("never")));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<StageFailedException> end =
        thread.submit(
            () -> assertThrows(StageFailedException.class, () -> run(container, endless)));
    awaitFile(begun);
    masters.get(0).killJob();
    assertTrue(end.get().mayPass().isPresent());
    assertFalse(container.take());
    thread.shutdown();
  }

  @Test
  void shouldTakeTheWholeContainerDownWithAJobThatIsNotWantedAnyMore() throws Exception {
    KeptContainer container = start(LONG);
    Path begun = folder.resolve("begun.sign");
    Job endless = words("endless", "write:%s await:%s".formatted(begun, folder.resolve("never")));
    Unit unit = new Unit(StageId.clean(), LocalDate.of(2026, 1, 1));
    Runnable isWanted =
        () -> {
          if (Files.exists(begun)) {
            throw new LeaseLostException(unit, "", null);
          }
        };
    assertThrows(
        LeaseLostException.class, () -> container.run(endless, 0, (maps, reduces) -> {}, isWanted));
    assertEquals(JobStatus.State.KILLED, masterEnds());
    assertFalse(container.take());
  }

  @Test
  void shouldLeaveWhereItHasHadNothingToDoForLong() throws Exception {
    KeptContainer container = start(Duration.ofMillis(300));
    assertTrue(container.take());
    run(container, words("only", "a\n"));
    container.give();
    assertEquals(JobStatus.State.SUCCEEDED, masterEnds());
    assertFalse(container.take());
  }

  @Test
  void shouldBeKilledWhereNoJobEverCame() throws Exception {
    start(LONG).close();
    assertEquals(JobStatus.State.KILLED, masterEnds());
  }

  @Test
  void shouldEndItsJobsWhereTheRunIsSilent() throws Exception {
    FileSystem local = FileSystem.getLocal(new Configuration(false));
    JobMailbox mailbox =
        new JobMailbox(local, new org.apache.hadoop.fs.Path(folder.resolve("mailbox").toUri()));
    Path begun = folder.resolve("begun.sign");
    Path never = folder.resolve("never");
    mailbox.sign();
    mailbox.post(
        0, words("endless", "write:%s await:%s".formatted(begun, never)).getConfiguration());
    AtomicBoolean wasAlive = new AtomicBoolean();
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                new MailedJobs(mailbox, folder.resolve("work"), Duration.ofMillis(400))
                    .work(() -> wasAlive.set(true)));
    assertTrue(failure.getMessage().startsWith("The run has given no sign of life"));
    assertTrue(Files.exists(begun));
    assertTrue(wasAlive.get());
    assertFalse(Files.exists(folder.resolve("endless").resolve("_SUCCESS")));
    TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
  }
}
