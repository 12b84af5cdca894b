/**
 * Generalised linear models: losses, optimisers, and the rows that they are fitted to. Of K outputs
 * (one, or one a class) over {@code width} design columns x, output k has the margin
 *
 * <pre>  ηₖ = β₀ₖ + Σⱼ βⱼₖ·xⱼ</pre>
 *
 * and what is minimised is
 *
 * <pre>  F(β) = Σᵢ wᵢ·loss(yᵢ, ηᵢ) + l1·Σⱼₖ |βⱼₖ| + ½·l2·Σⱼₖ βⱼₖ²</pre>
 *
 * over rows i with weights wᵢ; intercepts β₀ₖ are free. It is a sum, not a mean: scikit-learn's
 * {@code C} is 1/l2 where l1 = 0.
 *
 * <p>A fit ({@link io.millrace.learn.glm.GlmFit}) sees rows only through {@link
 * io.millrace.learn.glm.RowSums}, sums over all of them at given coefficients. Who adds them up, in
 * one process or in many, is not known here; {@link io.millrace.learn.glm.GlmRows} does it for the
 * rows of one file. Floating-point sums depend on their order, so the order is fixed: rows of a
 * file one after the other, then files as their numbers say. Together with {@link StrictMath} this
 * makes the coefficients the same to the bit on any machine and for any number of tasks.
 */
@NullMarked
package io.millrace.learn.glm;

import org.jspecify.annotations.NullMarked;
