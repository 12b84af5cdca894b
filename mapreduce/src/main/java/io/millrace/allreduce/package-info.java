/**
 * Sums over data that several processes hold, round after round: a driver asks, each worker answers
 * with the sums over its files, and the driver adds them. Sockets only, no Hadoop.
 *
 * <p><b>Frames.</b> TCP, numbers most significant byte first, texts as {@code writeUTF}. The driver
 * speaks first:
 *
 * <pre>
 * driver  {@value io.millrace.allreduce.Wire#MAGIC} (int), version (byte), nonce (16 bytes)
 * worker  number (int), attempt (int), HMAC-SHA256 of nonce, number and attempt under the token (32 bytes)
 * driver  WELCOME | REFUSED text
 *
 * driver  PULSE                                        every few seconds while nothing is asked
 *         ROUND number, kind, length, n, n doubles     asks for sums of that length at n coefficients
 *         END text                                     no more rounds; the text is empty where all is well
 * worker  WORKING                                      every second while it reads or adds
 *         READY                                        has read its files, takes rounds from now on
 *         SUMS number, n, n times: first file, files, doubles
 *         FAILED isFinal, text
 * </pre>
 *
 * <p><b>The same bits for any number of workers.</b> Rows of a file are added one after the other,
 * and files by a tree that follows from their numbers alone ({@link
 * io.millrace.allreduce.PairwiseSum}). A worker holds files that lie side by side and sends the few
 * largest subtrees that it has whole.
 *
 * <p><b>What goes wrong.</b> A worker whose connection breaks, or who gives no sign while it is
 * asked, has lost its place; the round stays open, and the next attempt of its task takes the place
 * and answers. So does a later attempt that joins while an earlier one is there, which is sent
 * away: their answers are the same. Only where nobody comes in time the driver gives up ({@link
 * io.millrace.allreduce.AllReduceException}). A worker whose driver has gone, or is silent, ends at
 * once rather than when Hadoop's time for tasks is up. Who does not know the token is not answered
 * and disturbs nobody.
 */
@NullMarked
package io.millrace.allreduce;

import org.jspecify.annotations.NullMarked;
