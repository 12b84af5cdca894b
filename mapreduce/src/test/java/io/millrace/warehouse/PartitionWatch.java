package io.millrace.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A reader that lists partitions in a loop. Each run's files have lengths that no other's have, so
 * that a mixture is seen. For file systems that list a folder in one call.
 */
final class PartitionWatch implements AutoCloseable {
  private final Warehouse warehouse;
  private final List<String> dataSets;
  private final LocalDate date;
  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::look, "reader");
  private volatile boolean isOver;
  private volatile String complaint = "";
  private final AtomicInteger looks = new AtomicInteger();

  PartitionWatch(Warehouse warehouse, List<String> dataSets, LocalDate date) {
    this.warehouse = warehouse;
    this.dataSets = dataSets;
    this.date = date;
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    try {
      while (!isOver && complaint.isEmpty() && !dataSets.isEmpty()) {
        for (String dataSet : dataSets) {
          look(dataSet);
        }
        looks.incrementAndGet();
      }
    } catch (IOException e) {
      complaint = e.toString();
    }
  }

  private void look(String dataSet) throws IOException {
    Map<String, Long> lengths = new TreeMap<>();
    Path place = warehouse.partitionPath(dataSet, date);
    try {
      for (FileStatus file : warehouse.fileSystem().listStatus(place)) {
        lengths.put(file.getPath().getName(), file.getLen());
      }
    } catch (FileNotFoundException e) {
      return;
    }
    Long data = lengths.remove("part-r-00000.avro");
    Long manifest = lengths.remove("_SUCCESS");
    if (data == null || manifest == null || !lengths.isEmpty()) {
      complaint = "a part of %s: %s %s %s".formatted(dataSet, data, manifest, lengths);
      return;
    }
    String others = seen.putIfAbsent(dataSet + data, manifest.toString());
    if (others != null && !others.equals(manifest.toString())) {
      complaint = "a mixture of %s: %s %s".formatted(dataSet, data, manifest);
    }
  }

  int looks() {
    return looks.get();
  }

  /** What was seen that must not be, or nothing. */
  String complaint() {
    return complaint;
  }

  @Override
  public void close() {
    isOver = true;
  }
}
