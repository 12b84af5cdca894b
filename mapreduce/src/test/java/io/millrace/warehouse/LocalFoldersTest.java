package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFoldersTest {
  @TempDir java.nio.file.Path folder;

  @Test
  void shouldHaveTheCallsThatCommitsStandOn() throws IOException {
    Path root = new Path(folder.resolve("wh [1] #%20").toUri());
    Warehouse warehouse = new Warehouse(root, new Configuration());
    FolderCallsContract.check(new WarehouseFiles(warehouse), new Path(warehouse.root(), "calls"));
  }

  @Test
  void shouldLetOneOfManyRenamesWin() throws IOException, InterruptedException, ExecutionException {
    FolderCalls calls = new LocalFolders();
    Path root = new Path(folder.toUri());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int round = 0; round < 100; round++) {
      Path lease = new Path(root, "lease " + round);
      // one that was given up half-way
      calls.makeFolders(lease);
      List<Callable<Boolean>> takers = new ArrayList<>();
      for (int taker = 0; taker < 4; taker++) {
        Path prepared = new Path(root, "prepared-%d-%d".formatted(round, taker));
        calls.makeFolders(new Path(prepared, "holder"));
        takers.add(() -> renames(calls, prepared, lease));
      }
      int won = 0;
      for (Future<Boolean> taker : threads.invokeAll(takers)) {
        won += taker.get() ? 1 : 0;
      }
      assertEquals(1, won);
    }
    threads.shutdown();
  }

  private static boolean renames(FolderCalls calls, Path from, Path to) {
    try {
      calls.rename(from, to);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
