package io.millrace.learn.trees;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All that a fit needs to go on behind a round, as if it had never been interrupted.
 *
 * @param rounds from round 0, before the first tree, to the last that is done
 */
public record TreesState(List<TreesRound> rounds, Bytes booster) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int END_OF_LINE = '\n';

  public TreesState {
    rounds = List.copyOf(rounds);
  }

  /** Trees as XGBoost saves them. */
  public static final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] array() {
      return bytes;
    }
  }

  private record Rounds(List<TreesRound> rounds) {}

  /** How many rounds of trees there are. */
  public int done() {
    return rounds.get(rounds.size() - 1).number();
  }

  /** Writes a line of JSON, then the trees. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(JSON.writeValueAsString(new Rounds(rounds)).getBytes(StandardCharsets.UTF_8));
    out.write(END_OF_LINE);
    out.write(booster.array());
  }

  /** Reads what {@link #writeTo} wrote. */
  public static TreesState readFrom(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    int end = 0;
    while (end < all.length && all[end] != END_OF_LINE) {
      end++;
    }
    if (end >= all.length - 1) {
      throw new IOException("Cannot read the state of a fit: it is cut off");
    }
    Rounds rounds = JSON.readValue(all, 0, end, Rounds.class);
    byte[] booster = new byte[all.length - end - 1];
    System.arraycopy(all, end + 1, booster, 0, booster.length);
    return new TreesState(rounds.rounds(), new Bytes(booster));
  }
}
