package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class JobJarTest {
  @Test
  void shouldBeTheOneWithTheLibraries() {
    String jar = JobJar.holding(CommandLine.class, CommandLine.Help.class).orElseThrow().toString();
    assertTrue(jar.contains("picocli"), jar);
  }

  @Test
  void shouldNotTakeAJarWithoutTheLibrariesForOne() {
    assertEquals(Optional.empty(), JobJar.holding(Test.class, CommandLine.class));
  }

  @Test
  void shouldNotBeThereWhereClassesLieInFolders() {
    assertEquals(Optional.empty(), JobJar.holding(JobJarTest.class, CommandLine.class));
  }
}
