package io.millrace.learn.trees;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.XGBoostJNI;
import org.jspecify.annotations.Nullable;

/** Trees that XGBoost grows, round after round. Not thread-safe; to be closed. */
final class Booster implements AutoCloseable {
  private static final int PREDICTIONS = 0;
  private static final int MARGINS = 1;
  private static final int ALL_TREES = 0;

  private final long handle;

  private Booster(long handle) {
    this.handle = handle;
  }

  /**
   * One without settings.
   *
   * @param base what is said of every row before the first tree: a probability, mean or number
   * @param matrices whose margins are kept up to date
   */
  static Booster create(
      TreesSettings settings, double base, int threads, TrainingMatrix... matrices)
      throws IOException {
    Booster booster = open(settings, threads, null, matrices);
    // XGBoost would compute it itself, in an order that depends on the number of threads
    booster.set("base_score", Double.toString(base));
    return booster;
  }

  /** One with the trees and the base of an earlier one, whose {@link #save} gave these bytes. */
  static Booster load(byte[] saved, TreesSettings settings, int threads, TrainingMatrix... matrices)
      throws IOException {
    return open(settings, threads, saved, matrices);
  }

  private static Booster open(
      TreesSettings settings, int threads, byte @Nullable [] saved, TrainingMatrix... matrices)
      throws IOException {
    long[] handles = new long[matrices.length];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = matrices[i].handle();
    }
    Booster booster =
        new Booster(
            XgBoost.handle("begin a model", out -> XGBoostJNI.XGBoosterCreate(handles, out)));
    try {
      if (saved != null) {
        XgBoost.check("read trees", XGBoostJNI.XGBoosterLoadModelFromBuffer(booster.handle, saved));
      }
      for (Map.Entry<String, String> parameter : parameters(settings, threads).entrySet()) {
        booster.set(parameter.getKey(), parameter.getValue());
      }
    } catch (IOException e) {
      booster.close();
      throw e;
    }
    return booster;
  }

  private void set(String parameter, String value) throws IOException {
    XgBoost.check(
        "set %s to %s".formatted(parameter, value),
        XGBoostJNI.XGBoosterSetParam(handle, parameter, value));
  }

  private static Map<String, String> parameters(TreesSettings settings, int threads) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("objective", settings.objective().xgboostName());
    if (settings.objective() == Objective.SOFTMAX) {
      parameters.put("num_class", Integer.toString(settings.outputs()));
    }
    if (settings.objective() == Objective.POISSON) {
      parameters.put("max_delta_step", Double.toString(Objective.POISSON_STEP));
    }
    parameters.put("tree_method", "hist");
    parameters.put("max_depth", Integer.toString(settings.maxDepth()));
    parameters.put("learning_rate", Double.toString(settings.learningRate()));
    parameters.put("min_child_weight", Double.toString(settings.minChildWeight()));
    parameters.put("subsample", Double.toString(settings.subsample()));
    parameters.put("colsample_bytree", Double.toString(settings.colsample()));
    parameters.put("alpha", Double.toString(settings.l1()));
    parameters.put("lambda", Double.toString(settings.l2()));
    parameters.put("gamma", Double.toString(settings.minSplitLoss()));
    parameters.put("max_bin", Integer.toString(settings.maxBins()));
    parameters.put("seed", Long.toString(settings.seed()));
    // what a round draws hangs on its number, not on the rounds that this process has seen
    parameters.put("seed_per_iteration", "true");
    parameters.put("nthread", Integer.toString(threads));
    parameters.put("verbosity", "0");
    return parameters;
  }

  /**
   * Grows the trees of the next round.
   *
   * @param round from 0
   */
  void grow(TrainingMatrix matrix, int round, Gradients gradients) throws IOException {
    XgBoost.check(
        "grow a tree",
        XGBoostJNI.XGBoosterTrainOneIter(
            handle, matrix.handle(), round, gradients.gradients(), gradients.hessians()));
  }

  /** What all trees say of each row, those of a row side by side. */
  float[] margins(TrainingMatrix matrix) throws IOException {
    return predict(matrix, MARGINS);
  }

  /** Probabilities, or expected values. */
  float[] predictions(TrainingMatrix matrix) throws IOException {
    return predict(matrix, PREDICTIONS);
  }

  private float[] predict(TrainingMatrix matrix, int what) throws IOException {
    float[][] out = new float[1][];
    XgBoost.check(
        "predict", XGBoostJNI.XGBoosterPredict(handle, matrix.handle(), what, ALL_TREES, out));
    return out[0];
  }

  /** What {@link #load} reads: all bits of the settings. */
  byte[] save() throws IOException {
    return save("ubj");
  }

  /** The model as JSON, in XGBoost's own form. */
  byte[] json() throws IOException {
    return save("json");
  }

  private byte[] save(String format) throws IOException {
    byte[][] out = new byte[1][];
    XgBoost.check("save trees", XGBoostJNI.XGBoosterSaveModelToBuffer(handle, format, out));
    return out[0];
  }

  @Override
  public void close() throws IOException {
    XgBoost.check("free a model", XGBoostJNI.XGBoosterFree(handle));
  }
}
