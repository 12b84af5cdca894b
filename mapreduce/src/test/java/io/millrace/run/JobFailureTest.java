package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.job.io.TaskFailure.Note;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobFailureTest {
  private static final Note AWAY = new Note("Cannot read x: refused", "a service is away");
  private static final Note RECORD = new Note("Cannot clean the record at byte 7 of a.csv", null);
  private static final Optional<String> LOST =
      Optional.of("its application master or its containers were lost");

  @Test
  void shouldPassWhereAllThatItsTasksDiedOfCanPass() {
    assertEquals(
        Optional.of("a service is away"),
        JobFailure.mayPass(List.of(AWAY, AWAY), "Task failed", false, false));
  }

  @Test
  void shouldLastWhereOneTaskStumbledOverARecord() {
    assertEquals(
        Optional.empty(), JobFailure.mayPass(List.of(AWAY, RECORD), "Task failed", false, false));
  }

  @Test
  void shouldPassWhereItWasKilled() {
    assertEquals(Optional.of("the job was killed"), JobFailure.mayPass(List.of(), "", true, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Application application_1_0001 failed 2 times due to AM Container for appattempt_1_0001_000002 exited with  exitCode: 137",
        "Task failed task_1_0001_m_000000 Container released on a *lost* node",
        "AttemptID:attempt_1 Timed out after 600 secs",
        ""
      })
  void shouldPassWhereContainersWentWithoutAWord(String info) {
    assertEquals(LOST, JobFailure.mayPass(List.of(), info, false, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Container [pid=7] is running 1048576B beyond the 'PHYSICAL' memory limit. Current usage: 1.1 GB of 1 GB",
        "Error: Could not find or load main class org.apache.hadoop.mapreduce.v2.app.MRAppMaster",
        "org.apache.hadoop.yarn.exceptions.InvalidResourceRequestException: Invalid resource request!"
      })
  void shouldLastWhereContainersWillDieAgain(String info) {
    assertEquals(Optional.empty(), JobFailure.mayPass(List.of(), info, false, false));
  }

  @Test
  void shouldLastWhereTheLocalRunnerSaysNothing() {
    assertEquals(Optional.empty(), JobFailure.mayPass(List.of(), "", false, true));
  }
}
