package io.millrace.warehouse;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RunningProcessTest {
  @Test
  void shouldKnowThatItselfRuns() {
    assertFalse(RunningProcess.current().isGone());
  }

  @Test
  void shouldSeeThatAProcessHasEnded() throws IOException, InterruptedException {
    Process sleeping = new ProcessBuilder("sleep", "60").start();
    RunningProcess process = RunningProcess.of(sleeping.pid());
    assertFalse(process.isGone());
    sleeping.destroyForcibly().waitFor();
    assertTrue(process.isGone());
  }

  @Test
  void shouldNotTakeAnotherProcessOfTheSameNumberForIt() {
    RunningProcess current = RunningProcess.current();
    assertTrue(
        new RunningProcess(current.machine(), current.pid(), current.started() - 1).isGone());
  }

  @Test
  void shouldKnowNothingOfOtherMachines() {
    RunningProcess current = RunningProcess.current();
    assertFalse(new RunningProcess("another", 1, 1).isGone());
    assertFalse(new RunningProcess("", current.pid(), current.started() - 1).isGone());
  }
}
