package io.millrace.warehouse;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Does on a thread of its own what must not stop half-way: interrupts of the caller, by which a run
 * is told to end, would make calls to a file system fail that may have been carried out.
 */
final class Undisturbed {
  private Undisturbed() {}

  /** Calls that belong together. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Does it to the end; an interrupt that came meanwhile is there afterwards. */
  static void run(Work work) throws IOException {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    Thread thread = new Thread(task, "millrace-commit");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException exception ? exception : new IOException(cause);
  }
}
