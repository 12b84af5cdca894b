package io.millrace.learn.glm;

/** How much is asked of the rows at one point; each order includes those before it. */
public enum Order {
  /** The sum of the losses. */
  LOSS,
  /** Its derivatives by each coefficient. */
  GRADIENT,
  /** Its second derivatives by each coefficient alone. */
  DIAGONAL,
  /** All its second derivatives. */
  HESSIAN
}
