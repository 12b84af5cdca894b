package io.millrace.cli;

import io.millrace.example.CardFraudSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Three small days of the example card-fraud without deduplicate, made once and copied. */
final class StalenessFolder {
  private StalenessFolder() {}

  static void make(Path home) throws IOException {
    CardFraudFolder example = CardFraudFolder.create(home);
    example.generate(
        CardFraudSettings.of(CardFraudFolder.FIRST, 3)
            .withTransactions(150)
            .withCards(30)
            .withTerminals(10)
            .withFiles(2, 0));
    example.edit("  deduplicate: {by: [txn_id], keep: latest}", "  # no deduplicate");
    example.millrace("run", StalenessScenario.days(1, 3)).expect(ExitCode.DONE);
  }

  static CardFraudFolder copy(Path made, Path home) throws IOException {
    try (Stream<Path> paths = Files.walk(made)) {
      for (Path path : paths.toList()) {
        Path copy = home.resolve(made.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return new CardFraudFolder(
        CardFraudFolder.local(), new org.apache.hadoop.fs.Path(home.toUri()), List.of());
  }
}
