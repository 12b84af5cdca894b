package io.millrace.allreduce;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports that a driver may take, for clusters whose firewalls let some pass. */
public record PortRange(int first, int last) {
  /** Whichever port is free. */
  public static final PortRange ANY = new PortRange(0, 0);

  private static final int LAST = 65_535;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  public PortRange {
    if (first < 0 || last < first || last > LAST || (first == 0 && last > 0)) {
      throw new IllegalArgumentException("Cannot take ports %d to %d".formatted(first, last));
    }
  }

  /**
   * A range such as {@code 50100-50150}, or one port; 0 is any.
   *
   * @throws IllegalArgumentException where the text is neither
   */
  public static PortRange parse(String text) {
    Matcher found = TEXT.matcher(text.strip());
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "Cannot read a range of ports: %s. Write it as 50100-50150, or one port".formatted(text));
    }
    int first = Integer.parseInt(found.group(1));
    return new PortRange(first, found.group(2) == null ? first : Integer.parseInt(found.group(2)));
  }

  /** Listens on the first port that is free. */
  ServerSocket listen(InetAddress address) throws IOException {
    for (int port = first; ; port++) {
      try {
        return new ServerSocket(port, 0, address);
      } catch (BindException e) {
        if (port >= last) {
          throw new IOException(
              "Cannot listen on %s at ports %s: %s"
                  .formatted(address.getHostAddress(), this, e.getMessage()),
              e);
        }
      }
    }
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
