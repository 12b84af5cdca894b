package io.millrace.schedule.oozie;

import java.time.LocalDate;

/**
 * Where an application is to work, and from when on.
 *
 * @param nameNode the cluster's file system: {@code hdfs://namenode:8020}
 * @param resourceManager host and port of YARN's resource manager
 * @param folder where the application lies there: a path, or a whole URI
 * @param firstDate the landing date of the first night
 */
public record ApplicationPlace(
    String nameNode, String resourceManager, String folder, LocalDate firstDate) {}
