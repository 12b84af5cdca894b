/**
 * Gradient-boosted trees: round after round, a tree is grown to the gradient of the loss, which
 * adds to what the trees before it say. XGBoost grows the trees; gradients, losses, stopping and
 * what becomes of the model are here.
 *
 * <p>Friedman, J. H. (2001): Greedy function approximation: a gradient boosting machine. Chen, T.
 * and Guestrin, C. (2016): XGBoost: a scalable tree boosting system.
 */
@NullMarked
package io.millrace.learn.trees;

import org.jspecify.annotations.NullMarked;
