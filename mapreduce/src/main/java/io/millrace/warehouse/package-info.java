/**
 * Where data lies: partitions with their manifests, the leases by which one run at a time works on
 * them, the commit that publishes them all or not at all, raw input, and the records of runs. Knows
 * file systems and nothing of MapReduce.
 */
@NullMarked
package io.millrace.warehouse;

import org.jspecify.annotations.NullMarked;
