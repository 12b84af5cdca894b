/**
 * What all jobs need of Hadoop: zero-copy keys and values, Avro container files read and written as
 * encoded records, settings that travel in the job's configuration, and what each task says of the
 * files that it wrote. A step's package imports this one, never another step's.
 */
package io.millrace.job.io;
