package io.millrace.job.train.glm;

import io.millrace.allreduce.Timing;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How the maps of a {@link GlmFitJob} find their driver and their place; plain data. The token
 * travels with the job's credentials.
 *
 * @param host of the driver, as the maps reach it
 * @param firstFiles the number of the first file of each worker
 * @param silenceMillis without a sign of the driver a worker ends
 * @param pulseMillis between signs of the driver
 * @param workersOfProcess how many workers share the memory of a process
 */
public record GlmMembership(
    String host,
    int port,
    List<Integer> firstFiles,
    long silenceMillis,
    long pulseMillis,
    int workersOfProcess) {
  public GlmMembership {
    firstFiles = List.copyOf(firstFiles);
  }

  InetSocketAddress address() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  Timing timing() {
    Duration silence = Duration.ofMillis(silenceMillis);
    return new Timing(silence, silence, silence, Duration.ofMillis(pulseMillis));
  }

  /** The worker whose first file that is. */
  int worker(int firstFile) {
    int worker = Collections.binarySearch(firstFiles, firstFile);
    if (worker < 0) {
      throw new IllegalArgumentException(
          "Cannot find the worker of file %d: workers begin with files %s"
              .formatted(firstFile, firstFiles));
    }
    return worker;
  }
}
