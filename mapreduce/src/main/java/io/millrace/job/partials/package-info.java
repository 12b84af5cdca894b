/**
 * The step that makes partials: of one day's clean records, one mergeable state for each entity and
 * event day, sorted by the entity's hash into buckets.
 */
package io.millrace.job.partials;
