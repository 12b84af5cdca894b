package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.run.JobMailbox.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Counters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobMailboxTest {
  @TempDir private java.nio.file.Path home;
  private JobMailbox mailbox;

  @BeforeEach
  void create() throws IOException {
    FileSystem local = FileSystem.getLocal(new Configuration(false));
    mailbox = new JobMailbox(local, new Path(home.resolve("mailbox").toUri()));
  }

  @Test
  void shouldBeEmptyBeforeTheRunHasWritten() throws IOException {
    assertFalse(mailbox.look().hasJob(0));
    assertFalse(mailbox.look().isClosed());
    assertEquals(Optional.empty(), mailbox.end(0));
  }

  @Test
  void shouldBringAJobWhole() throws IOException {
    Configuration job = new Configuration(false);
    job.set("a", "1 < 2 & ${b}");
    job.set("b", "3");
    mailbox.post(0, job);
    assertTrue(mailbox.look().hasJob(0));
    assertFalse(mailbox.look().hasJob(1));
    Configuration brought = mailbox.job(0);
    assertEquals("1 < 2 & ${b}", brought.getRaw("a"));
    assertEquals("1 < 2 & 3", brought.get("a"));
    assertEquals(2, brought.size());
  }

  @Test
  void shouldTellAllCountersOfWhatIsDone() throws IOException {
    Counters counters = new Counters();
    counters.getGroup("millrace").findCounter("lines_total").setValue(3);
    counters.getGroup("millrace.combined").findCounter("card").setValue(5);
    mailbox.report(4, new End.Done(counters));
    End end = mailbox.end(4).orElseThrow();
    Counters told = ((End.Done) end).counters();
    assertEquals(3, told.findCounter("millrace", "lines_total").getValue());
    assertEquals(5, told.findCounter("millrace.combined", "card").getValue());
    assertEquals(Optional.empty(), mailbox.end(3));
  }

  @Test
  void shouldTellWhyAJobHasFailed() throws IOException {
    mailbox.report(0, new End.Failed("a reason\nof two lines, for 5 €"));
    assertEquals(Optional.of(new End.Failed("a reason\nof two lines, for 5 €")), mailbox.end(0));
  }

  @Test
  void shouldShowSignsOfLife() throws IOException {
    mailbox.sign();
    java.nio.file.Path sign = home.resolve("mailbox").resolve("alive");
    Files.setLastModifiedTime(sign, FileTime.fromMillis(1_000));
    long before = mailbox.look().sign();
    assertEquals(before, mailbox.look().sign());
    mailbox.sign();
    assertNotEquals(before, mailbox.look().sign());
  }

  @Test
  void shouldBeClosed() throws IOException {
    mailbox.close();
    assertTrue(mailbox.look().isClosed());
  }
}
