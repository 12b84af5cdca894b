package io.millrace.plan;

/** Decides what has to run: a pure function of outline, request and facts. */
public final class Planner {
  private Planner() {}

  /**
   * Plans a request.
   *
   * @throws IllegalArgumentException where the request names a stage that the pipeline lacks, or a
   *     date before the pipeline's first
   */
  public static Plan plan(PipelineOutline pipeline, PlanRequest request, Facts facts) {
    return new Planning(pipeline, request, facts).plan();
  }
}
