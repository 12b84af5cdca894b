package io.millrace.job.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingInputFormatTest {
  @TempDir Path landing;

  private final Configuration configuration = new Configuration(false);
  private final List<LandingFile> files = new ArrayList<>();
  private int splitCount;

  private void land(String name, byte[] bytes) throws IOException {
    Path path = landing.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
    files.add(new LandingFile("file://" + path, name, bytes.length));
  }

  private void land(String name, String text) throws IOException {
    land(name, text.getBytes(UTF_8));
  }

  private static byte[] gzip(String... members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String member : members) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(member.getBytes(UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** All lines as {@code file|header|offset|text}. */
  private List<String> read() throws IOException, InterruptedException {
    LandingInputFormat.setFiles(configuration, files);
    LandingInputFormat format = new LandingInputFormat();
    List<InputSplit> splits = format.getSplits(Job.getInstance(configuration));
    splitCount = splits.size();
    List<String> lines = new ArrayList<>();
    LineCursor cursor = new LineCursor();
    for (InputSplit split : splits) {
      TaskAttemptContextImpl context =
          new TaskAttemptContextImpl(configuration, new TaskAttemptID());
      try (RecordReader<NullWritable, LineBlock> reader =
          format.createRecordReader(split, context)) {
        reader.initialize(split, context);
        float progress = 0;
        while (reader.nextKeyValue()) {
          LineBlock block = reader.getCurrentValue();
          cursor.reset(block);
          while (cursor.next()) {
            lines.add(
                String.join(
                    "|",
                    block.file(),
                    new String(block.header(), UTF_8),
                    Long.toString(cursor.fileOffset()),
                    new String(block.bytes(), cursor.start(), cursor.length(), UTF_8)));
          }
          assertTrue(reader.getProgress() >= progress);
          progress = reader.getProgress();
        }
        assertEquals(1f, reader.getProgress());
      }
    }
    return lines;
  }

  @Test
  void shouldReadFilesOfAllShapesInOneSplit() throws Exception {
    configuration.setBoolean(LandingInputFormat.HEADER, true);
    land("a.csv", "x,y\n1,2\n3,4\n");
    land("empty.csv", "");
    land("header.csv", "x,y");
    land("d/b ${user.name} %20,ü.csv", "\uFEFFy,x\r\n5,6\r\n\r\n7,8");
    land("c.csv.gz", gzip("x,y\n", "9,10\n11", ",12\n"));

    assertEquals(
        List.of(
            "a.csv|x,y|4|1,2",
            "a.csv|x,y|8|3,4",
            "d/b ${user.name} %20,ü.csv|y,x|8|5,6",
            "d/b ${user.name} %20,ü.csv|y,x|13|",
            "d/b ${user.name} %20,ü.csv|y,x|15|7,8",
            "c.csv.gz|x,y|4|9,10",
            "c.csv.gz|x,y|9|11,12"),
        read());
    assertEquals(1, splitCount);
  }

  @Test
  void shouldGiveEveryPartOfACutFileItsHeader() throws Exception {
    StringBuilder text = new StringBuilder("\uFEFFname,count\r\n");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String line = "line" + i + "," + "é".repeat(i % 7);
      expected.add("a.csv|name,count|" + text.toString().getBytes(UTF_8).length + "|" + line);
      text.append(line).append("\r\n");
    }
    configuration.setBoolean(LandingInputFormat.HEADER, true);
    configuration.setInt(LandingInputFormat.BLOCK_BYTES, 64);
    land("a.csv", text.toString());

    for (int splitBytes : new int[] {5, 100, 777, 4000, 1_000_000}) {
      configuration.setInt(LandingInputFormat.SPLIT_BYTES, splitBytes);
      assertEquals(expected, read());
      assertEquals(splitBytes == 1_000_000, splitCount == 1);
    }
  }

  @Test
  void shouldNotCutCompressedFiles() throws Exception {
    configuration.setInt(LandingInputFormat.SPLIT_BYTES, 10);
    land("a.csv.gz", gzip("1,2\n".repeat(1000)));

    assertEquals(1000, read().size());
    assertEquals(1, splitCount);
  }

  @Test
  void shouldFailOnCompressedFilesThatAreCutShort() throws Exception {
    byte[] whole = gzip("1,2\n".repeat(1000), "3,4\n5,6\n7,8\n9,10\n");
    land("b.csv", "1,2\n");
    for (int length :
        new int[] {0, 1, 5, 15, whole.length / 2, whole.length - 9, whole.length - 1}) {
      files.clear();
      land("a.csv.gz", Arrays.copyOf(whole, length));
      IOException e = assertThrows(IOException.class, this::read, length + " bytes");
      assertTrue(e.getMessage().contains("a.csv.gz"), e.getMessage());
      assertTrue(e.getMessage().contains("damaged or incomplete"), e.getMessage());
    }
  }

  @Test
  void shouldFailOnCompressedFilesThatAreDamaged() throws Exception {
    byte[] whole = gzip("a,b\nc,d\n".repeat(300) + "some other text\n");
    for (int at : new int[] {0, 12, whole.length / 2, whole.length - 6}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      files.clear();
      land("a.csv.gz", damaged);
      IOException e = assertThrows(IOException.class, this::read, "byte " + at);
      assertTrue(e.getMessage().contains("a.csv.gz"), e.getMessage());
    }
  }

  @Test
  void shouldReadAnEmptyFileSoThatItIsHeardOf() throws Exception {
    assertEquals(List.of(), read());
    assertEquals(0, splitCount);
    land("empty.csv", "");
    assertEquals(List.of(), read());
    assertEquals(1, splitCount);
  }

  @Test
  void shouldSayThatTheFilesAreNotSet() throws IOException {
    Job job = Job.getInstance(configuration);
    IOException e = assertThrows(IOException.class, () -> new LandingInputFormat().getSplits(job));
    assertEquals("Cannot find the input files: millrace.input.files is not set", e.getMessage());
  }
}
