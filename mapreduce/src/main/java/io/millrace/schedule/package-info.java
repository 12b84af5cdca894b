/**
 * A pipeline as schedulers see it: which commands a night runs and what waits for what, what a
 * night needs of earlier ones, and at which moments nights begin. What is written for one kind of
 * scheduler is in a package of its own below.
 */
@NullMarked
package io.millrace.schedule;

import org.jspecify.annotations.NullMarked;
