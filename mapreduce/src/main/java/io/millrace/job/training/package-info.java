/**
 * The step that makes training rows of entities, in one job for any number of snapshot dates.
 * Features lie sorted and are never shuffled: what travels is marks, which say that an entity has
 * an event in the future of a snapshot, to where the features of that snapshot and entity are read.
 * (Training rows of events are made by a join: see {@code job.join}.)
 */
package io.millrace.job.training;
