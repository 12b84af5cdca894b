package io.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.plan.Wishes.Wish;
import io.millrace.spec.ResourcesSpec;
import io.millrace.spec.SpecParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WishesTest {
  private static ResourcesSpec resources(String yaml) {
    return SpecParser.parse(
            "p.yaml",
            """
            pipeline: p
            warehouse: /w
            source: {path: '/in/${date}', schema: s.avsc, from: 2026-01-01, event_time: t}
            features: {card: {entity: c, windows: 1d, aggregates: {n: COUNT(*)}}}
            resources:\
            """
                + " "
                + yaml,
            Map.of())
        .resources();
  }

  private static Wish bySpec(long value) {
    return new Wish(value, Origin.SPEC);
  }

  @Test
  void shouldHearTheStageBeforeItsKind() {
    ResourcesSpec spec =
        resources(
            "{partials/card: {map_memory: 3GiB}, partials: {map_memory: 2GiB, vcores: 2, split: 64MiB}}");
    assertEquals(
        Map.of(
            Resource.MAP_MEMORY, bySpec(3072),
            Resource.MAP_VCORES, bySpec(2),
            Resource.REDUCE_VCORES, bySpec(2),
            Resource.SPLIT, bySpec(64 << 20)),
        Wishes.of(spec.of("partials/card")).wishes());
    assertEquals(bySpec(2048), Wishes.of(spec.of("partials/shop")).find(Resource.MAP_MEMORY).get());
    assertEquals(Map.of(), Wishes.of(spec.of("features/card")).wishes());
  }

  @Test
  void shouldCountWholeMebibytes() {
    ResourcesSpec spec =
        resources(
            "{clean: {map_memory: 524289KiB, reduce_memory: 1GiB, running_maps: 5, running_reduces: 6}}");
    assertEquals(
        Map.of(
            Resource.MAP_MEMORY, bySpec(513),
            Resource.REDUCE_MEMORY, bySpec(1024),
            Resource.RUNNING_MAPS, bySpec(5),
            Resource.RUNNING_REDUCES, bySpec(6)),
        Wishes.of(spec.of("clean")).wishes());
  }

  @Test
  void shouldHearTheFirstWhoSaysSomething() {
    Wishes first = new Wishes(Map.of(Resource.MAP_MEMORY, new Wish(1, Origin.COMMAND_LINE)));
    Wishes second =
        new Wishes(
            Map.of(
                Resource.MAP_MEMORY, bySpec(2),
                Resource.REDUCE_MEMORY, bySpec(3)));
    assertEquals(
        Map.of(
            Resource.MAP_MEMORY,
            new Wish(1, Origin.COMMAND_LINE),
            Resource.REDUCE_MEMORY,
            bySpec(3)),
        first.or(second).wishes());
  }
}
