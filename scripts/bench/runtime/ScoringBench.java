package io.millrace.cli;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.ScoreSpec.Inputs;
import io.millrace.spec.SpecParser;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The score job of a date and ONNX Runtime alone, round after round in one process, so that both
 * are as warm. Stands in this package to run a command without ending the process.
 *
 * <p>Arguments: the pipeline, the date, the model, a folder of joined rows, rows to score, rounds,
 * and {@code --set} options.
 */
public final class ScoringBench {
  private static final int THREADS = 2;

  private ScoringBench() {}

  public static void main(String[] args) throws Exception {
    List<String> sets = List.of(args).subList(6, args.length);
    Function<String, List<String>> columns = columns(args[0], sets);
    long rows = Long.parseLong(args[4]);
    List<RuntimeBatches> alone = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      alone.add(new RuntimeBatches(args[2], file(args[3], i), columns));
    }
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    List<String> command =
        new ArrayList<>(List.of("run", args[0], "--date", args[1], "--stage", "score", "--force"));
    command.addAll(sets);
    for (int round = 1; round <= Integer.parseInt(args[5]); round++) {
      System.out.println("Round " + round + " in this process");
      double job = measure("Millrace's score job", () -> score(command));
      double ready =
          measure(
              "ONNX Runtime, tensors ready",
              () -> each(pool, alone, batches -> batches.run(rows / THREADS)));
      double fed =
          measure(
              "ONNX Runtime, tensors made of heap arrays, scores fetched",
              () -> each(pool, alone, batches -> batches.feed(rows / THREADS)));
      System.out.printf("  CPU of the job: %.2f and %.2f times theirs%n", job / ready, job / fed);
    }
    pool.shutdown();
  }

  /** The columns of an input: as the pipeline lists them, else those that are called like it. */
  private static Function<String, List<String>> columns(String pipeline, List<String> sets)
      throws Exception {
    Map<String, String> settings = new HashMap<>();
    sets.stream()
        .filter(set -> set.contains("="))
        .forEach(set -> settings.put(set.replaceFirst("=.*", ""), set.replaceFirst("[^=]*=", "")));
    PipelineSpec spec =
        SpecParser.parse(pipeline, Files.readString(Path.of(pipeline)), settings);
    Inputs inputs = spec.score().orElseThrow().inputs();
    if (inputs instanceof Inputs.OneTensor list) {
      List<String> all = list.columns().stream().map(column -> column.value()).toList();
      return input -> all;
    }
    if (inputs instanceof Inputs.ByName names) {
      return input -> List.of(names.columns().get(input).value());
    }
    return List::of;
  }

  private static File file(String folder, int number) {
    File[] files = new File(folder).listFiles((in, name) -> name.endsWith(".avro"));
    Arrays.sort(files);
    return files[number % files.length];
  }

  private static Void score(List<String> command) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    if (Main.run(new Console(out, out, false), command.toArray(String[]::new)) != 0) {
      throw new IllegalStateException(said.toString());
    }
    return null;
  }

  private interface Work {
    void on(RuntimeBatches batches) throws Exception;
  }

  private static Void each(ExecutorService pool, List<RuntimeBatches> all, Work work)
      throws Exception {
    List<Future<Void>> running = new ArrayList<>();
    for (RuntimeBatches one : all) {
      running.add(
          pool.submit(
              () -> {
                work.on(one);
                return null;
              }));
    }
    for (Future<Void> each : running) {
      each.get();
    }
    return null;
  }

  /** CPU seconds of the process, its compilers and collector included. */
  private static double measure(String what, Callable<Void> work) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    long wall = System.nanoTime();
    long cpu = system.getProcessCpuTime();
    long compiling = compilers.getTotalCompilationTime();
    work.call();
    double seconds = (system.getProcessCpuTime() - cpu) / 1e9;
    System.out.printf(
        "  %-60s wall %5.2f s, CPU %5.2f s (Java's compilers at work: %.2f s)%n",
        what + ":",
        (System.nanoTime() - wall) / 1e9,
        seconds,
        (compilers.getTotalCompilationTime() - compiling) / 1e3);
    return seconds;
  }
}
