package io.millrace.run;

import java.io.IOException;

/** Makes a model of training rows, in one or several jobs. */
interface Fitter {
  /**
   * Fits, going on from where an earlier run with the same fingerprint was killed.
   *
   * @throws StageFailedException where no model can come of it, with the reason: no rows, one
   *     class, diverged…
   * @throws InterruptedException where the thread was interrupted; jobs were ended
   */
  Fitted fit(FitTask task) throws IOException, InterruptedException;
}
