package io.millrace.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0 (Yann Collet, xxHash specification 0.1.1): the fixed hash that decides an
 * entity's bucket. Must never change: the order of all stored partials depends on it.
 */
public final class XxHash64 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;

  private XxHash64() {}

  public static long hash(byte[] source, int offset, int length) {
    int at = offset;
    int end = offset + length;
    long hash;
    if (length >= STRIPE) {
      long a = PRIME_2;
      a += PRIME_1; // wraps, as the specification means it to
      long b = PRIME_2;
      long c = 0;
      long d = -PRIME_1;
      for (; at <= end - STRIPE; at += STRIPE) {
        a = round(a, (long) LONG.get(source, at));
        b = round(b, (long) LONG.get(source, at + 8));
        c = round(c, (long) LONG.get(source, at + 16));
        d = round(d, (long) LONG.get(source, at + 24));
      }
      hash =
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      hash = mergeRound(hash, a);
      hash = mergeRound(hash, b);
      hash = mergeRound(hash, c);
      hash = mergeRound(hash, d);
    } else {
      hash = PRIME_5;
    }
    hash += length;
    for (; at <= end - 8; at += 8) {
      hash = Long.rotateLeft(hash ^ round(0, (long) LONG.get(source, at)), 27) * PRIME_1 + PRIME_4;
    }
    if (at <= end - 4) {
      hash =
          Long.rotateLeft(hash ^ ((int) INT.get(source, at) & 0xFFFFFFFFL) * PRIME_1, 23) * PRIME_2
              + PRIME_3;
      at += 4;
    }
    for (; at < end; at++) {
      hash = Long.rotateLeft(hash ^ (source[at] & 0xFFL) * PRIME_5, 11) * PRIME_1;
    }
    return avalanche(hash);
  }

  /** The hash of the eight bytes of a number, least significant first. */
  public static long hash(long number) {
    long hash = PRIME_5 + Long.BYTES;
    return avalanche(Long.rotateLeft(hash ^ round(0, number), 27) * PRIME_1 + PRIME_4);
  }

  private static long avalanche(long value) {
    long hash = (value ^ value >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }

  private static long round(long accumulator, long lane) {
    return Long.rotateLeft(accumulator + lane * PRIME_2, 31) * PRIME_1;
  }

  private static long mergeRound(long hash, long accumulator) {
    return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
  }
}
