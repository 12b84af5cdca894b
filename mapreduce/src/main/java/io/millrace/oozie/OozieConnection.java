package io.millrace.oozie;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import org.apache.hadoop.security.authentication.client.Authenticator;
import org.apache.hadoop.security.authentication.client.ConnectionConfigurator;
import org.apache.hadoop.security.authentication.client.KerberosAuthenticator;
import org.apache.hadoop.security.authentication.client.PseudoAuthenticator;
import org.apache.oozie.client.AuthOozieClient;
import org.apache.oozie.client.OozieClientException;

/**
 * Oozie's client, with Kerberos where the server asks for it, that fails at once and in silence
 * where the server is down, and waits for no answer for ever: the original prints to the terminal
 * and tries again for fifteen seconds.
 */
final class OozieConnection extends AuthOozieClient {
  private static final int CONNECT_MILLIS = 10_000;
  // a coordinator with a long history, from a busy server
  private static final int READ_MILLIS = 120_000;

  private final String user;

  /**
   * @param user who asks, of a server that believes what it is told
   */
  OozieConnection(String url, String user) {
    super(url);
    this.user = user;
  }

  @Override
  protected HttpURLConnection createRetryableConnection(URL url, String method) throws IOException {
    try {
      return limited(createConnection(url, method));
    } catch (OozieClientException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  protected Authenticator getAuthenticator() {
    Authenticator authenticator = new Negotiation(user);
    authenticator.setConnectionConfigurator(OozieConnection::limited);
    return authenticator;
  }

  private static HttpURLConnection limited(HttpURLConnection connection) {
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    return connection;
  }

  /** Kerberos; else a plain name: Hadoop's, which need not be that of the operating system. */
  private static final class Negotiation extends KerberosAuthenticator {
    private final String user;

    Negotiation(String user) {
      this.user = user;
    }

    @Override
    protected Authenticator getFallBackAuthenticator() {
      ConnectionConfigurator configurator = OozieConnection::limited;
      Authenticator plain =
          new PseudoAuthenticator() {
            @Override
            protected String getUserName() {
              return user;
            }
          };
      plain.setConnectionConfigurator(configurator);
      return plain;
    }
  }
}
