package io.millrace.allreduce;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Frames of one connection, as the package's page has them. Not thread-safe. */
final class Wire implements Closeable {
  /** "MRAR": what a driver begins with. */
  static final int MAGIC = 0x4d524152;

  static final byte VERSION = 1;
  static final int NONCE_BYTES = 16;
  static final int SIGNATURE_BYTES = 32;

  static final byte WELCOME = 1;
  static final byte REFUSED = 2;
  static final byte PULSE = 3;
  static final byte ROUND = 4;
  static final byte END = 5;
  static final byte WORKING = 6;
  static final byte READY = 7;
  static final byte SUMS = 8;
  static final byte FAILED = 9;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final byte[] chunk = new byte[BUFFER_BYTES];

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
  }

  DataInputStream in() {
    return in;
  }

  DataOutputStream out() {
    return out;
  }

  /** Fails reads that take longer; 0 for reads that may take for ever. */
  void readWithin(long millis) throws IOException {
    socket.setSoTimeout((int) millis);
  }

  /** Sends a frame that is no more than its kind. */
  void send(byte frame) throws IOException {
    out.writeByte(frame);
    out.flush();
  }

  /** Sends a frame with a text. */
  void send(byte frame, String text) throws IOException {
    out.writeByte(frame);
    writeText(text);
    out.flush();
  }

  /** Of a text that is longer than a frame takes, the beginning. */
  void writeText(String text) throws IOException {
    int most = 65_535 / 3; // bytes of a frame's text, bytes of a character
    out.writeUTF(text.length() > most ? text.substring(0, most) : text);
  }

  void writeDoubles(double[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(chunk);
    for (double number : numbers) {
      if (bytes.remaining() < Double.BYTES) {
        out.write(chunk, 0, bytes.position());
        bytes.clear();
      }
      bytes.putDouble(number);
    }
    out.write(chunk, 0, bytes.position());
  }

  void readDoubles(double[] numbers) throws IOException {
    int at = 0;
    while (at < numbers.length) {
      int count = Math.min(numbers.length - at, chunk.length / Double.BYTES);
      in.readFully(chunk, 0, count * Double.BYTES);
      ByteBuffer.wrap(chunk).asDoubleBuffer().get(numbers, at, count);
      at += count;
    }
  }

  /** Ends reads and writes of other threads, too. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
