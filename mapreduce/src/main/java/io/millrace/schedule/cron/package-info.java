/** A scheduled pipeline as a script that cron starts. */
@NullMarked
package io.millrace.schedule.cron;

import org.jspecify.annotations.NullMarked;
