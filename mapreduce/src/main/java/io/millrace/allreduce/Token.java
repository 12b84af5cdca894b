package io.millrace.allreduce;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that a driver shares with its workers. It is never sent: a worker shows that it knows
 * it (HMAC, RFC 2104).
 */
public final class Token {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  private final byte[] secret;

  private Token(byte[] secret) {
    this.secret = secret;
  }

  /** A token that nobody else knows. */
  public static Token random() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new Token(secret);
  }

  /** The token that has these bytes. */
  public static Token of(byte[] bytes) {
    return new Token(bytes.clone());
  }

  /** For those who carry it to the workers. */
  public byte[] bytes() {
    return secret.clone();
  }

  /** Shows to who sent the nonce that an attempt of a worker knows the token. */
  byte[] sign(byte[] nonce, int worker, int attempt) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update(nonce);
      return mac.doFinal(
          ByteBuffer.allocate(2 * Integer.BYTES).putInt(worker).putInt(attempt).array());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Cannot sign with " + ALGORITHM, e);
    }
  }

  /** Whether somebody knows the token. */
  boolean accepts(byte[] signature, byte[] nonce, int worker, int attempt) {
    return MessageDigest.isEqual(signature, sign(nonce, worker, attempt));
  }

  @Override
  public String toString() {
    return "a token";
  }
}
