package io.millrace.learn.glm;

/**
 * How far a fit was after an iteration.
 *
 * @param number from 1
 * @param objective losses and penalties at the coefficients that it ended with
 * @param gradientNorm the greatest absolute value of a derivative of it there; where l1 is not 0,
 *     of the subgradient that is closest to 0
 * @param step how much of the proposed step was taken; 1 is all of it
 */
public record Iteration(int number, double objective, double gradientNorm, double step) {}
