package io.millrace.run;

import io.millrace.pipeline.Binder;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.pipeline.Sample;
import io.millrace.plan.Facts;
import io.millrace.plan.Fusion;
import io.millrace.plan.Mending;
import io.millrace.plan.ModelReference;
import io.millrace.plan.Models;
import io.millrace.plan.Outlines;
import io.millrace.plan.PipelineOutline;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanRequest;
import io.millrace.plan.PlannedStage;
import io.millrace.plan.Planner;
import io.millrace.plan.Reach;
import io.millrace.plan.SpecChange;
import io.millrace.plan.StageOutline;
import io.millrace.plan.StatusGrid;
import io.millrace.spec.DatePattern;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.SpecParser;
import io.millrace.spec.Spelling;
import io.millrace.warehouse.RawInput;
import io.millrace.warehouse.RegisteredModels;
import io.millrace.warehouse.Warehouse;
import io.millrace.warehouse.WarehouseFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A pipeline together with the place it works in.
 *
 * @param location where the spec lies, and the files that it names
 * @param models the versions of the registered model that it scores with, if any: all that is done
 *     in a workspace goes by the same
 */
public record Workspace(
    SpecLocation location,
    Pipeline pipeline,
    Warehouse warehouse,
    Models models,
    Configuration configuration) {
  /** Configuration key: whether clean and partials that can be made in one job are. */
  private static final String FUSE = "millrace.fuse";

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
    return of(location, SpecParser.parse(spec, yaml, settings), configuration);
  }

  /**
   * Binds a spec that was read.
   *
   * @throws io.millrace.spec.SpecException with all that is wrong with it
   */
  static Workspace of(SpecLocation location, PipelineSpec parsed, Configuration configuration)
      throws IOException {
    Pipeline pipeline = Binder.bind(parsed, location);
    Warehouse warehouse = new Warehouse(new Path(parsed.warehouse().value()), configuration);
    return of(location, pipeline, warehouse, configuration);
  }

  private static Workspace of(
      SpecLocation location, Pipeline pipeline, Warehouse warehouse, Configuration configuration) {
    Models models =
        pipeline
            .spec()
            .score()
            .flatMap(ScoreSpec::registered)
            .<Models>map(name -> new RegisteredModels(warehouse, name))
            .orElse(Models.none());
    return new Workspace(location, pipeline, warehouse, models, configuration);
  }

  /**
   * The same pipeline for a share of the entities, in a warehouse of its own.
   *
   * @param by a feature group or columns of the clean rows, separated by commas; left out: the
   *     first group
   * @throws IllegalArgumentException where there is no such share, group or column
   */
  public Workspace sampled(BigDecimal share, Optional<String> by) throws IOException {
    Pipeline sampled = pipeline.sampled(new Sample(share, sampleColumns(by)));
    Path root = new Path(sampled.spec().warehouse().value());
    return of(location, sampled, new Warehouse(root, configuration), configuration);
  }

  /** The same workspace, whose jobs get another configuration. */
  Workspace with(Configuration ofJobs) {
    return new Workspace(location, pipeline, warehouse, models, ofJobs);
  }

  /**
   * The same workspace as it makes a planned stage: scored by the version of a registered model
   * that the plan names, with the columns joined that the plan has.
   */
  Workspace making(PlannedStage stage) {
    if (pipeline.spec().score().flatMap(ScoreSpec::registered).isEmpty()) {
      return this;
    }
    return switch (stage.stage().kind()) {
      case JOIN -> with(pipeline.joining(stage.definition().columns().keySet()));
      case SCORE ->
          ModelReference.of(stage.definition())
              .flatMap(model -> models.card(model.version()))
              .map(card -> with(pipeline.scoredBy(card)))
              .orElse(this);
      case CLEAN, PARTIALS, FEATURES, TRAINING, TRAIN -> this;
    };
  }

  private Workspace with(Pipeline other) {
    return new Workspace(location, other, warehouse, models, configuration);
  }

  private List<String> sampleColumns(Optional<String> by) {
    List<FeatureGroup> groups = pipeline.groups();
    Optional<FeatureGroup> group =
        by.isEmpty()
            ? groups.stream().findFirst()
            : groups.stream().filter(known -> known.name().equals(by.get())).findFirst();
    if (group.isPresent()) {
      return group.get().entity();
    }
    List<String> columns = pipeline.cleaning().rows().names();
    if (by.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot take a sample: the pipeline has no feature group, so say with --by which column names an entity. A clean row has: "
              + String.join(", ", columns));
    }
    List<String> chosen = Arrays.stream(by.get().split(",")).map(String::strip).toList();
    List<String> known = new ArrayList<>(groups.stream().map(FeatureGroup::name).toList());
    known.addAll(columns);
    for (String column : chosen) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(
            "Cannot take a sample by %s: there is no such group or column%s There are: %s"
                .formatted(
                    column,
                    Spelling.nearest(column, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("."),
                    String.join(", ", known)));
      }
    }
    return chosen;
  }

  public PipelineOutline outline() {
    return Outlines.of(pipeline, models);
  }

  /**
   * What has to run for a request, as the warehouse stands now.
   *
   * @throws io.millrace.spec.SpecException where what stands cannot be read as the spec has it
   */
  public Plan plan(PlanRequest request) throws IOException {
    PipelineOutline outline = outline();
    return ask(
        () -> Reach.of(outline, request::selects, request.first(), request.last()),
        facts -> {
          Plan plan = Planner.plan(outline, request, facts);
          new StandingColumns(this, outline, facts).check(plan);
          return plan;
        });
  }

  /** What of a plan is made in one job. */
  public Fusion fusion(Plan plan) {
    return configuration.getBoolean(FUSE, true) ? Fusion.of(plan, outline()) : Fusion.none();
  }

  /**
   * What has to be done for one stage of a plan, as its inputs and itself stand now. The rest of
   * the plan is taken to be carried out.
   *
   * @param whole what the plan was made for
   */
  PlannedStage planAgain(PlannedStage planned, PlanRequest whole) throws IOException {
    PipelineOutline outline = outline();
    LocalDate date = planned.date();
    PlanRequest one = PlanRequest.of(date).only(planned.stage());
    PlanRequest request = whole.forces(planned.stage(), date) ? one.forced() : one;
    return ask(
        () -> Reach.of(outline, request::selects, date, date),
        facts -> Planner.plan(outline, request, facts).stages().get(0));
  }

  /**
   * How the partitions of a range of dates stand now.
   *
   * @param mending what makes all that is stale or missing
   */
  public record Status(StatusGrid grid, List<PlanRequest> mending) {}

  /** How the partitions of a range of dates stand now. */
  public Status status(LocalDate first, LocalDate last) throws IOException {
    PipelineOutline outline = outline();
    return ask(
        () -> Reach.of(outline, stage -> true, first, last),
        facts -> {
          StatusGrid grid = StatusGrid.of(outline, first, last, facts);
          return new Status(grid, Mending.of(outline, grid, facts));
        });
  }

  /**
   * What the way from another spec to this one means for the partitions that stand; the warehouse
   * and the raw input are this one's.
   */
  public SpecChange changeFrom(Workspace other, LocalDate first, LocalDate last)
      throws IOException {
    PipelineOutline before = other.outline();
    PipelineOutline now = outline();
    return ask(
        () -> Reach.of(now, stage -> true, first, last),
        facts -> SpecChange.of(before, now, first, last, facts));
  }

  /** The dates of all partitions that stand and that the pipeline has a use for. */
  public SortedSet<LocalDate> dates() throws IOException {
    SortedSet<LocalDate> dates = new TreeSet<>();
    for (StageOutline stage : outline().stages()) {
      dates.addAll(warehouse.dates(stage.id().mainDataSet()));
    }
    return dates.tailSet(pipeline.spec().source().from());
  }

  private interface Question<T> {
    T of(Facts facts) throws IOException;
  }

  private <T> T ask(Supplier<Reach> reach, Question<T> question) throws IOException {
    WarehouseFacts facts = facts();
    try {
      facts.load(reach.get());
      return question.of(facts);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
  }

  /** Where the input of a date is looked for; a relative path is seen from the current folder. */
  public String rawPlace(LocalDate date) {
    Path place = new Path(DatePattern.of(pipeline.spec().source().path().value()).expand(date));
    try {
      return place.getFileSystem(configuration).makeQualified(place).toString();
    } catch (IOException e) {
      return place.toString();
    }
  }

  /** The warehouse and the input as they stand now. */
  WarehouseFacts facts() {
    return new WarehouseFacts(warehouse, new RawInput(configuration), rawPath()::expand);
  }

  /** Where the raw input of a date lies. */
  DatePattern rawPath() {
    return DatePattern.of(pipeline.spec().source().path().value());
  }
}
