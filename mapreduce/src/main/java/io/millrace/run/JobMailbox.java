package io.millrace.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.MRJobConfig;

/**
 * What a run and a {@link KeptContainer} tell each other: files of a folder that both see. The run
 * posts jobs, numbered from 0, gives signs of life and closes it; the container reports how each
 * job has ended. A letter comes into being by a rename, so that it is there whole or not at all.
 * Thread-safe.
 */
final class JobMailbox {
  private static final String FOLDER = "mailbox";
  private static final String JOB = "job-";
  private static final String END = "end-";
  private static final String SIGN = "alive";
  private static final String CLOSED = "closed";
  private static final String BEING_WRITTEN = "_";

  private final FileSystem fileSystem;
  private final Path folder;

  JobMailbox(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  /**
   * The mailbox of a job that was submitted: in the folder that Hadoop makes for it, which is the
   * user's own, as configurations may hold secrets, and is deleted with the job.
   */
  static JobMailbox of(Configuration submitted) throws IOException {
    Path folder = new Path(submitted.get(MRJobConfig.MAPREDUCE_JOB_DIR), FOLDER);
    return new JobMailbox(folder.getFileSystem(submitted), folder);
  }

  /** How a job has ended. */
  sealed interface End {
    /** It is done. */
    record Done(Counters counters) implements End {}

    /**
     * It is not.
     *
     * @param reason beside what its tasks have noted; may be empty
     */
    record Failed(String reason) implements End {}
  }

  /**
   * What the container sees at a look, which costs one listing.
   *
   * @param sign differs from the last look's where the run has given a sign of life between
   */
  record Look(Set<String> names, long sign) {
    Look {
      names = Set.copyOf(names);
    }

    boolean hasJob(int number) {
      return names.contains(JOB + number);
    }

    /** Whether no more jobs will come. */
    boolean isClosed() {
      return names.contains(CLOSED);
    }
  }

  /** Gives a sign of life. */
  void sign() throws IOException {
    fileSystem.create(new Path(folder, SIGN), true).close();
  }

  void post(int number, Configuration job) throws IOException {
    write(JOB + number, job::writeXml);
  }

  /** How a job has ended; nothing while it has not. */
  Optional<End> end(int number) throws IOException {
    try (DataInputStream in =
        new DataInputStream(fileSystem.open(new Path(folder, END + number)))) {
      if (!in.readBoolean()) {
        return Optional.of(new End.Failed(Text.readString(in)));
      }
      Counters counters = new Counters();
      counters.readFields(in);
      return Optional.of(new End.Done(counters));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  void close() throws IOException {
    fileSystem.create(new Path(folder, CLOSED), true).close();
  }

  Look look() throws IOException {
    Set<String> names = new HashSet<>();
    long sign = 0;
    try {
      for (FileStatus file : fileSystem.listStatus(folder)) {
        String name = file.getPath().getName();
        names.add(name);
        sign = name.equals(SIGN) ? file.getModificationTime() : sign;
      }
    } catch (FileNotFoundException e) {
      return new Look(Set.of(), 0); // the run has not written into it yet
    }
    return new Look(names, sign);
  }

  /** The configuration of a job that was posted. */
  Configuration job(int number) throws IOException {
    Configuration job = new Configuration(false);
    try (InputStream in = fileSystem.open(new Path(folder, JOB + number))) {
      job.addResource(in);
      job.size(); // reads it
    }
    return job;
  }

  void report(int number, End end) throws IOException {
    write(
        END + number,
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          data.writeBoolean(end instanceof End.Done);
          if (end instanceof End.Done done) {
            done.counters().write(data);
          } else if (end instanceof End.Failed failed) {
            Text.writeString(data, failed.reason());
          }
          data.flush();
        });
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private void write(String name, Content content) throws IOException {
    Path written = new Path(folder, BEING_WRITTEN + name);
    try (OutputStream out = fileSystem.create(written, true)) {
      content.writeTo(out);
    }
    Path place = new Path(folder, name);
    if (!fileSystem.rename(written, place)) {
      throw new IOException("Cannot write " + place + ": the file system refused to rename it");
    }
  }
}
