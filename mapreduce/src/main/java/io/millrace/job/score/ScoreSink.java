package io.millrace.job.score;

import io.millrace.job.io.EncodedRecords;
import java.io.IOException;

/** Takes what becomes of the rows. Bytes are valid during the call only. */
interface ScoreSink {
  /** Scores, in the order of their rows. */
  void scored(EncodedRecords scores) throws IOException, InterruptedException;

  /**
   * A row that could not be scored.
   *
   * @param number of the record in its file, from 0
   * @param raw the record in binary Avro
   */
  void rejected(long number, String rule, String reason, byte[] raw)
      throws IOException, InterruptedException;
}
