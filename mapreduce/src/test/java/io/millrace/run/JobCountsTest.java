package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.JobCounter;
import org.junit.jupiter.api.Test;

class JobCountsTest {
  private final Counters counters = new Counters();

  private void count(JobCounter counter, long value) {
    counters.findCounter(counter).setValue(value);
  }

  private MapPlaces places() {
    return MapPlaces.of(JobCounts.of(counters, List.of()));
  }

  @Test
  void shouldCountMapsByWhereTheyRan() {
    count(JobCounter.TOTAL_LAUNCHED_MAPS, 10);
    count(JobCounter.DATA_LOCAL_MAPS, 7);
    count(JobCounter.RACK_LOCAL_MAPS, 2);
    assertEquals(
        Map.of(
            "maps_data_local", 7L, "maps_rack_local", 2L, "maps_other", 1L, "maps_in_master", 0L),
        JobCounts.of(counters, List.of()));
    assertEquals("7 data-local, 2 rack-local, 1 elsewhere", places().toString());
  }

  @Test
  void shouldCountMapsOfTheMasterApart() {
    count(JobCounter.TOTAL_LAUNCHED_MAPS, 3);
    count(JobCounter.NUM_UBER_SUBMAPS, 3);
    assertEquals(new MapPlaces(0, 0, 0, 3), places());
    assertEquals(
        "0 data-local, 0 rack-local, 0 elsewhere, 3 in application masters", places().toString());
  }

  @Test
  void shouldTellNothingOfAJobOfThisProcess() {
    counters.findCounter("millrace", "clean_records_read_total").setValue(5);
    assertEquals(
        Map.of("clean_records_read_total", 5L),
        JobCounts.of(counters, List.of("clean_records_read_total")));
    assertEquals(MapPlaces.NONE, places());
  }

  @Test
  void shouldAddUpTheStagesOfARun() {
    MapPlaces sum = new MapPlaces(1, 2, 3, 4).plus(new MapPlaces(10, 20, 30, 40));
    assertEquals(new MapPlaces(11, 22, 33, 44), sum);
    assertTrue(MapPlaces.isCount("maps_data_local"));
  }
}
