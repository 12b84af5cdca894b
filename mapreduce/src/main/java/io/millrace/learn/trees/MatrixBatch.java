package io.millrace.learn.trees;

/**
 * Some rows of a sparse matrix. XGBoost's native library reads these fields by their names. A value
 * that is not there is not known.
 */
final class MatrixBatch {
  final long[] rowOffset;
  final float[] weight;
  final float[] label;
  final int[] featureIndex;
  final float[] featureValue;
  final int featureCols;

  MatrixBatch(
      long[] rowOffset,
      float[] weight,
      float[] label,
      int[] featureIndex,
      float[] featureValue,
      int featureCols) {
    this.rowOffset = rowOffset;
    this.weight = weight;
    this.label = label;
    this.featureIndex = featureIndex;
    this.featureValue = featureValue;
    this.featureCols = featureCols;
  }
}
