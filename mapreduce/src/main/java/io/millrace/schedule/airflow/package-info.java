/** A scheduled pipeline as a file of Apache Airflow. */
@NullMarked
package io.millrace.schedule.airflow;

import org.jspecify.annotations.NullMarked;
