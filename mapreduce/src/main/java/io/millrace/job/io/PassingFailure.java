package io.millrace.job.io;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.ipc.RemoteException;

/**
 * Which failures can pass by themselves, so that the same work may succeed a little later: what a
 * file system or a scheduler says while one of its machines is away. What is not known is taken to
 * last.
 */
public final class PassingFailure {
  private static final int DEEPEST_CAUSE = 30;
  private static final String UNREACHABLE = "a service could not be reached";
  private static final String BROKEN = "a connection broke";
  private static final String STARTING = "a service is starting, or another one takes over";
  private static final String BUSY = "the store asked for patience";
  private static final String WRITING = "a file could not be written to the machines it was on";
  private static final String BLOCK = "a block was on no machine that could be reached";

  /** By the simple names of classes: a remote failure comes as no more than a name. */
  private static final Map<String, String> PASSING =
      Map.ofEntries(
          Map.entry("ConnectException", UNREACHABLE),
          Map.entry("ConnectTimeoutException", UNREACHABLE),
          Map.entry("NoRouteToHostException", UNREACHABLE),
          Map.entry("UnknownHostException", UNREACHABLE),
          Map.entry("SocketTimeoutException", "a service did not answer in time"),
          Map.entry("SocketException", BROKEN),
          Map.entry("ClosedChannelException", BROKEN),
          Map.entry("AsynchronousCloseException", BROKEN),
          Map.entry("SafeModeException", "the file system is in safe mode"),
          Map.entry("RetriableException", STARTING),
          Map.entry("StandbyException", STARTING),
          Map.entry("NoNamenodesAvailableException", STARTING),
          Map.entry("ServerNotRunningYetException", STARTING),
          Map.entry("ApplicationNotFoundException", "YARN has forgotten the job"),
          Map.entry("BlockMissingException", BLOCK),
          Map.entry("NotReplicatedYetException", WRITING),
          Map.entry("RecoveryInProgressException", WRITING),
          Map.entry("AlreadyBeingCreatedException", WRITING),
          Map.entry("LeaseExpiredException", "the lease on a file was lost"),
          Map.entry("AWSServiceThrottledException", BUSY),
          Map.entry("AWSStatus500Exception", BUSY),
          Map.entry("AWSApiCallTimeoutException", BUSY));

  /** What lasts, whatever else is told beside it. */
  private static final Set<String> LASTING =
      Set.of(
          "AccessControlException",
          "AccessDeniedException",
          "AuthorizationException",
          "SaslException",
          "QuotaExceededException",
          "DSQuotaExceededException",
          "NSQuotaExceededException",
          "InvalidToken",
          "OutOfMemoryError",
          "StackOverflowError");

  /** Where Hadoop throws no more than an IOException. */
  private static final Map<String, String> MESSAGES =
      Map.of(
          "could only be written to 0 of the", WRITING,
          "could only be replicated to 0 nodes", WRITING,
          "Unable to close file because the last block", WRITING,
          "are bad. Aborting...", WRITING,
          "Failed to replace a bad datanode", WRITING,
          "Connection reset", BROKEN,
          "Broken pipe", BROKEN,
          "Premature EOF from inputStream", BROKEN,
          "Cannot obtain block length", BLOCK);

  private PassingFailure() {}

  /** Why a failure can pass, in words; empty where it lasts. */
  public static Optional<String> reason(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = failure;
        each != null && chain.size() < DEEPEST_CAUSE;
        each = each.getCause()) {
      chain.add(each);
    }
    if (chain.stream().anyMatch(each -> LASTING.contains(name(each)))) {
      return Optional.empty();
    }
    return chain.stream().flatMap(each -> reasonOfOne(each).stream()).findFirst();
  }

  private static Optional<String> reasonOfOne(Throwable failure) {
    String known = PASSING.get(name(failure));
    if (known != null) {
      return Optional.of(known);
    }
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof FileNotFoundException
        || failure instanceof java.nio.file.NoSuchFileException) {
      return Optional.of("a file was not to be seen");
    }
    if (failure instanceof EOFException && message.startsWith("End of File Exception between")) {
      return Optional.of(BROKEN);
    }
    return failure instanceof IOException
        ? MESSAGES.entrySet().stream()
            .filter(entry -> message.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
        : Optional.empty();
  }

  private static String name(Throwable failure) {
    String name =
        failure instanceof RemoteException remote
            ? remote.getClassName()
            : failure.getClass().getName();
    return name == null
        ? ""
        : name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }
}
