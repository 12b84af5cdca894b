package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.example.CardFraudSettings;
import io.millrace.store.ObjectStore;
import io.millrace.store.ObjectStoreFileSystem;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain with spec, raw files, model and warehouse on an object store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectStoreRunTest {
  /** What a data file has of its run in its name. */
  private static final String RUN = "-[0-9]{8}T[0-9]+Z-[0-9a-f]{8}([.][0-9]+)?(?=[.]avro$)";

  private static final String FIRST = CardFraudFolder.FIRST.toString();
  private static final String LAST = CardFraudFolder.FIRST.plusDays(1).toString();
  private static final String[] BOTH_DAYS = {"--from", FIRST, "--to", LAST};
  private static final CardFraudSettings SETTINGS =
      CardFraudSettings.of(CardFraudFolder.FIRST, 2)
          .withTransactions(150)
          .withCards(30)
          .withTerminals(10);

  private String bucket;
  private CardFraudFolder stored;
  private CardFraudFolder local;

  @BeforeAll
  void runBoth(@TempDir java.nio.file.Path folder) throws IOException {
    bucket = "bucket-" + UUID.randomUUID();
    Configuration configuration = ObjectStoreFileSystem.configuration("run");
    FileSystem store = FileSystem.get(URI.create("store://" + bucket), configuration);
    stored =
        CardFraudFolder.create(
            store,
            new Path("store://" + bucket + "/pipeline"),
            List.of("-Dfs.store.impl=" + ObjectStoreFileSystem.class.getName()));
    stored.generate(SETTINGS);
    local = CardFraudFolder.create(folder.resolve("local"));
    local.generate(SETTINGS);
    stored.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
    local.millrace("run", BOTH_DAYS).expect(ExitCode.DONE);
  }

  @AfterAll
  void dropStore() {
    ObjectStore.drop(bucket);
  }

  /** Data files by their names without what they have of their run. */
  private static SortedMap<String, Path> files(CardFraudFolder example) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    example.dataFiles().forEach((name, path) -> files.put(name.replaceFirst(RUN, ""), path));
    return files;
  }

  private static void assertUpToDate(CardFraudFolder example) {
    String out = example.millrace("run", BOTH_DAYS).expect(ExitCode.DONE).out();
    assertTrue(out.startsWith("Up to date: all 12 stages."), out);
  }

  @Test
  void shouldMakeTheBytesThatItMakesElsewhere() throws IOException {
    SortedMap<String, Path> expected = files(local);
    SortedMap<String, Path> found = files(stored);
    assertFalse(expected.isEmpty());
    assertEquals(expected.keySet(), found.keySet());
    for (String name : found.keySet()) {
      assertArrayEquals(local.bytes(expected.get(name)), stored.bytes(found.get(name)), name);
    }
    assertTrue(stored.dataFiles().keySet().stream().allMatch(Pattern.compile(RUN).asPredicate()));
    assertUpToDate(stored);
    assertEquals(List.of(), ObjectStore.named(bucket).keys("pipeline/warehouse/_staging/"));
    assertEquals(List.of(), ObjectStore.named(bucket).keys("pipeline/warehouse/_leases/"));
  }

  @Test
  void shouldReplaceAPartitionAndReadItBack() throws IOException {
    stored.millrace("run", "--date", LAST, "--stage", "clean", "--force").expect(ExitCode.DONE);
    assertEquals(files(local).keySet(), files(stored).keySet());
    assertUpToDate(stored);
    String shown = stored.millrace("show", "scores", "--date", LAST).expect(ExitCode.DONE).out();
    assertEquals(local.millrace("show", "scores", "--date", LAST).out(), shown);
    assertEquals(
        local.millrace("profile", "clean", "--date", LAST).expect(ExitCode.DONE).out(),
        stored.millrace("profile", "clean", "--date", LAST).expect(ExitCode.DONE).out());
  }

  @Test
  void shouldTakePartitionsThatAreMovedBetweenFileSystems() throws IOException {
    CardFraudFolder there = move(stored, local, "there");
    assertUpToDate(there);
    there.millrace("run", "--date", LAST, "--stage", "score", "--force").expect(ExitCode.DONE);
    CardFraudFolder back = move(there, stored, "back");
    assertUpToDate(back);
    back.millrace("run", "--date", LAST, "--stage", "clean", "--force").expect(ExitCode.DONE);
    assertUpToDate(back);
    assertEquals(files(local).keySet(), files(back).keySet());
  }

  /** A copy of a pipeline beside another one. */
  private static CardFraudFolder move(CardFraudFolder from, CardFraudFolder beside, String name)
      throws IOException {
    Path home = new Path(beside.home().getParent(), name);
    FileSystem fileSystem = beside.fileSystem();
    FileUtil.copy(
        from.fileSystem(), from.home(), fileSystem, home, false, new Configuration(false));
    return new CardFraudFolder(fileSystem, home, beside.options());
  }
}
