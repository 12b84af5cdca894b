package io.millrace.job.features;

import io.millrace.job.io.BucketFiles;
import java.util.List;

/**
 * What a features task reads; plain data.
 *
 * @param partialSchema Avro schema of the partials
 * @param entityFields how many of its fields, the first, name the entity
 * @param inputs the partials of each date
 * @param buckets how many files are made
 */
record FeaturesSettings(
    String partialSchema, int entityFields, List<BucketFiles> inputs, int buckets) {
  FeaturesSettings {
    inputs = List.copyOf(inputs);
  }
}
