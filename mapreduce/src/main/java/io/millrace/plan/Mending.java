package io.millrace.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Finds the requests that make what is stale or missing, and can be carried out now. */
public final class Mending {
  private final PipelineOutline pipeline;
  private final Facts facts;
  private final List<PlanRequest> requests = new ArrayList<>();

  private Mending(PipelineOutline pipeline, Facts facts) {
    this.pipeline = pipeline;
    this.facts = facts;
  }

  /**
   * The requests for a grid, oldest first: one, unless dates that wait for raw input lie between.
   */
  public static List<PlanRequest> of(PipelineOutline pipeline, StatusGrid grid, Facts facts) {
    Mending mending = new Mending(pipeline, facts);
    List<LocalDate> open = new ArrayList<>();
    for (StatusGrid.Row row : grid.rows()) {
      boolean waits =
          row.partitions().stream()
              .anyMatch(partition -> partition.state() == PartitionStatus.State.BLOCKED);
      if (waits) {
        mending.request(open);
        open.clear();
      } else if (row.partitions().stream()
          .anyMatch(p -> p.state().isToBeMade() && !p.stage().kind().isOnDemand())) {
        open.add(row.date());
      }
    }
    mending.request(open);
    return List.copyOf(mending.requests);
  }

  private void request(List<LocalDate> dates) {
    if (!dates.isEmpty()) {
      PlanRequest request = PlanRequest.of(dates.get(0), dates.get(dates.size() - 1));
      boolean needsEarlier = Planner.plan(pipeline, request, facts).earlierDates().isPresent();
      requests.add(needsEarlier ? request.withEarlierDates() : request);
    }
  }
}
