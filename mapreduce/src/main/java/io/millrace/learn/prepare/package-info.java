/**
 * How inputs become the columns of a design matrix. A {@link io.millrace.learn.prepare.PreparePlan}
 * says what is wanted of each input, {@link io.millrace.learn.prepare.TableStatistics} gather what
 * that needs to know in one pass over the training rows, {@link
 * io.millrace.learn.prepare.Preparation} is what was learnt. It is applied to rows by a {@link
 * io.millrace.learn.prepare.Preparer}, and written into a model's file by a {@code
 * PreparationGraph}: both do the same arithmetic in double precision.
 */
@NullMarked
package io.millrace.learn.prepare;

import org.jspecify.annotations.NullMarked;
