package io.millrace.run;

import io.millrace.pipeline.Binder;
import io.millrace.pipeline.Pipeline;
import io.millrace.plan.Facts;
import io.millrace.plan.Outlines;
import io.millrace.plan.PipelineOutline;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.Planner;
import io.millrace.spec.DatePattern;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.SpecParser;
import io.millrace.warehouse.RawInput;
import io.millrace.warehouse.Warehouse;
import io.millrace.warehouse.WarehouseFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A pipeline together with the place it works in.
 *
 * @param location where the spec lies, and the files that it names
 */
public record Workspace(
    SpecLocation location, Pipeline pipeline, Warehouse warehouse, Configuration configuration) {
  /**
   * Reads and binds a spec.
   *
   * @throws io.millrace.spec.SpecException with all that is wrong with it
   * @throws IOException where it cannot be read
   */
  public static Workspace open(
      String spec, Map<String, String> settings, Configuration configuration) throws IOException {
    SpecLocation location = new SpecLocation(spec, configuration);
    String yaml = new String(location.readSpec(), StandardCharsets.UTF_8);
    PipelineSpec parsed = SpecParser.parse(spec, yaml, settings);
    Pipeline pipeline = Binder.bind(parsed, location);
    Warehouse warehouse = new Warehouse(new Path(parsed.warehouse().value()), configuration);
    return new Workspace(location, pipeline, warehouse, configuration);
  }

  public PipelineOutline outline() {
    return Outlines.of(pipeline);
  }

  /**
   * What has to run for a request, as the warehouse stands now.
   *
   * @throws io.millrace.spec.SpecException where what stands cannot be read as the spec has it
   */
  public Plan plan(PlanRequest request) throws IOException {
    try {
      PipelineOutline outline = outline();
      Facts facts = facts();
      Plan plan = Planner.plan(outline, request, facts);
      new StandingColumns(this, outline, facts).check(plan);
      return plan;
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
  }

  /** The warehouse and the input as they stand now. */
  Facts facts() {
    DatePattern rawPath = DatePattern.of(pipeline.spec().source().path().value());
    return new WarehouseFacts(warehouse, new RawInput(configuration), rawPath::expand);
  }
}
