package io.millrace.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A spec without the places where its values stood, to compare values only. */
final class Unplaced {
  static final Location NOWHERE = new Location("", 0, 0);

  private Unplaced() {}

  static <T> Located<T> located(T value) {
    return new Located<>(value, NOWHERE);
  }

  static PipelineSpec spec(PipelineSpec spec) {
    return new PipelineSpec(
        "",
        located(spec.name().value()),
        located(spec.warehouse().value()),
        spec.timezone(),
        source(spec.source()),
        clean(spec.clean()),
        spec.features().stream().map(Unplaced::group).toList(),
        spec.train(),
        spec.score().map(Unplaced::score),
        spec.join(),
        spec.profile(),
        spec.resources(),
        spec.runs(),
        spec.schedule().map(Unplaced::schedule));
  }

  private static ScheduleSpec schedule(ScheduleSpec schedule) {
    return new ScheduleSpec(
        schedule.at(),
        schedule.process(),
        schedule.train().map(day -> located(day.value())),
        schedule.waitForInput(),
        schedule.doneWithin(),
        schedule.retries(),
        schedule.retryEvery(),
        schedule.daysAtOnce(),
        schedule.queue(),
        schedule.mail());
  }

  private static SourceSpec source(SourceSpec source) {
    FormatSpec.Csv csv = (FormatSpec.Csv) source.format();
    return new SourceSpec(
        located(source.path().value()),
        new FormatSpec.Csv(
            csv.header(),
            csv.separator(),
            csv.quote(),
            csv.nulls(),
            list(csv.timestamps()),
            map(csv.columns())),
        located(source.schema().value()),
        source.eventTime().map(column -> located(column.value())),
        source.from(),
        source.missing(),
        source.lateness(),
        source.landed());
  }

  private static CleanSpec clean(CleanSpec clean) {
    CleanSpec.Deduplicate deduplicate = clean.deduplicate();
    if (deduplicate instanceof CleanSpec.Deduplicate.ByKey byKey) {
      deduplicate =
          new CleanSpec.Deduplicate.ByKey(list(byKey.columns()), byKey.keep(), byKey.acrossDays());
    }
    return new CleanSpec(
        expressions(clean.repair()),
        expressions(clean.derive()),
        expressions(clean.rules()),
        deduplicate,
        clean.failAbove());
  }

  private static FeatureGroupSpec group(FeatureGroupSpec group) {
    return new FeatureGroupSpec(
        located(group.name().value()),
        list(group.entity()),
        group.windows(),
        group.delayDays(),
        group.where().map(where -> located(where.value())),
        expressions(group.aggregates()),
        expressions(group.derive()));
  }

  private static ScoreSpec score(ScoreSpec score) {
    ScoreSpec.Inputs inputs = score.inputs();
    if (inputs instanceof ScoreSpec.Inputs.ByName byName) {
      inputs = new ScoreSpec.Inputs.ByName(map(byName.columns()));
    } else if (inputs instanceof ScoreSpec.Inputs.OneTensor tensor) {
      inputs =
          new ScoreSpec.Inputs.OneTensor(
              tensor.input().map(input -> located(input.value())), list(tensor.columns()));
    }
    return new ScoreSpec(
        score.rows(),
        score.group().map(group -> located(group.value())),
        located(score.model().value()),
        inputs,
        map(score.missing()),
        score.otherwise(),
        score.output().map(output -> located(output.value())),
        list(score.keep()),
        score.failAbove());
  }

  private static List<NamedExpression> expressions(List<NamedExpression> expressions) {
    return expressions.stream()
        .map(
            expression ->
                new NamedExpression(
                    located(expression.name().value()), located(expression.sql().value())))
        .toList();
  }

  private static <T> List<Located<T>> list(List<Located<T>> values) {
    return values.stream().map(value -> located(value.value())).toList();
  }

  private static <T> Map<String, Located<T>> map(Map<String, Located<T>> values) {
    Map<String, Located<T>> unplaced = new LinkedHashMap<>();
    values.forEach((name, value) -> unplaced.put(name, located(value.value())));
    return unplaced;
  }
}
