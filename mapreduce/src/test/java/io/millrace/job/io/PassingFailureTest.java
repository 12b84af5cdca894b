package io.millrace.job.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException;
import org.apache.hadoop.hdfs.server.namenode.NotReplicatedYetException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.token.SecretManager;
import org.apache.hadoop.util.DiskChecker.DiskErrorException;
import org.apache.hadoop.yarn.exceptions.ApplicationNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PassingFailureTest {
  private static final String SAFE_MODE = "the file system is in safe mode";
  private static final String UNREACHABLE = "a service could not be reached";
  private static final String BROKEN = "a connection broke";
  private static final String STARTING = "a service is starting, or another one takes over";
  private static final String WRITING = "a file could not be written to the machines it was on";

  record Case(Throwable failure, Optional<String> reason) {}

  static Stream<Case> passing() {
    return Stream.of(
        passes(new ConnectException("Connection refused"), UNREACHABLE),
        passes(
            NetUtils.wrapException("nn", 8020, "client", 0, new ConnectException("x")),
            UNREACHABLE),
        passes(
            NetUtils.wrapException(
                "nn", 8020, "client", 0, new ConnectTimeoutException("20000 millis")),
            UNREACHABLE),
        passes(
            new IOException("Cannot read the warehouse", new UnknownHostException("nn")),
            UNREACHABLE),
        passes(NetUtils.wrapException("nn", 8020, "client", 0, new EOFException()), BROKEN),
        passes(
            NetUtils.wrapException(
                "nn", 8020, "client", 0, new SocketException("Connection reset")),
            BROKEN),
        passes(new IOException("Premature EOF from inputStream"), BROKEN),
        passes(new SafeModeException("Cannot create file. Name node is in safe mode."), SAFE_MODE),
        passes(
            new RemoteException(SafeModeException.class.getName(), "Cannot create file"),
            SAFE_MODE),
        // a NameNode with failover says it so
        passes(new RetriableException(new SafeModeException("Cannot delete")), STARTING),
        passes(
            new RemoteException(StandbyException.class.getName(), "not in state standby"),
            STARTING),
        passes(
            new BlockMissingException("part-r-00000.avro", "Could not obtain block", 0),
            "a block was on no machine that could be reached"),
        passes(
            new RemoteException(LeaseExpiredException.class.getName(), "No lease on part"),
            "the lease on a file was lost"),
        passes(new NotReplicatedYetException("Not replicated yet"), WRITING),
        passes(
            new RemoteException(
                "java.io.IOException",
                "File /w could only be written to 0 of the 1 minReplication nodes. There are 0 datanode(s) running"),
            WRITING),
        passes(
            new IOException(
                "All datanodes [DatanodeInfoWithStorage[127.0.0.1]] are bad. Aborting..."),
            WRITING),
        passes(
            new FileNotFoundException("File does not exist: /w/clean"),
            "a file was not to be seen"),
        passes(new NoSuchFileException("/w/clean"), "a file was not to be seen"),
        passes(
            new ApplicationNotFoundException("Application with id 'application_1_1' doesn't exist"),
            "YARN has forgotten the job"));
  }

  static Stream<Case> lasting() {
    return Stream.of(
            new IOException(
                "Cannot clean the record at byte 7 of a.csv", new IllegalStateException()),
            new IOException("Cannot read a.avro near byte 7: Invalid sync!"),
            new EOFException("Unexpected end of input stream"),
            new AccessControlException("Permission denied: user=x, access=WRITE"),
            new IOException("Cannot write", new AccessControlException("denied")),
            new RemoteException(AccessControlException.class.getName(), "Permission denied"),
            new DSQuotaExceededException("The DiskSpace quota is exceeded"),
            // an expired token comes with a failed connection
            new IOException(
                "failed on socket",
                initCause(new ConnectException("x"), new SecretManager.InvalidToken("expired"))),
            new DiskErrorException("Could not find any valid local directory"),
            new IllegalArgumentException("a mistake"),
            new NullPointerException(),
            new OutOfMemoryError("Java heap space"),
            new IOException("no known kind"))
        .map(failure -> new Case(failure, Optional.empty()));
  }

  private static Case passes(Throwable failure, String reason) {
    return new Case(failure, Optional.of(reason));
  }

  private static Throwable initCause(Throwable failure, Throwable cause) {
    return failure.initCause(cause);
  }

  @ParameterizedTest
  @MethodSource({"passing", "lasting"})
  void shouldTellWhatCanPass(Case expected) {
    assertEquals(expected.reason(), PassingFailure.reason(expected.failure()));
  }

  @Test
  void shouldKnowWhatHdfsSaysWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("localhost", 0));
      port = socket.getLocalPort();
    }
    Configuration configuration = new Configuration(false);
    configuration.set("fs.hdfs.impl", org.apache.hadoop.hdfs.DistributedFileSystem.class.getName());
    configuration.setInt("ipc.client.connect.max.retries", 0);
    configuration.setBoolean("fs.hdfs.impl.disable.cache", true);
    Path path = new Path("hdfs://localhost:" + port + "/warehouse");
    try (FileSystem fileSystem = path.getFileSystem(configuration)) {
      IOException failure = assertThrows(IOException.class, () -> fileSystem.listStatus(path));
      assertEquals(Optional.of(UNREACHABLE), PassingFailure.reason(failure));
    }
  }

  @Test
  void shouldKnowWhatALocalFileSystemSaysOfAFileThatIsGone() throws IOException {
    FileSystem local = FileSystem.getLocal(new Configuration(false));
    IOException failure =
        assertThrows(IOException.class, () -> local.open(new Path("/nowhere/part-r-00000.avro")));
    assertTrue(PassingFailure.reason(failure).isPresent());
  }

  @Test
  void shouldEndWhereCausesGoInACircle() {
    IOException one = new IOException("one");
    one.initCause(new IOException("two", one));
    assertEquals(Optional.empty(), PassingFailure.reason(one));
  }
}
