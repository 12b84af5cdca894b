package io.millrace.cli;

import io.millrace.plan.JobResources;
import io.millrace.plan.JobResources.Tasks;
import io.millrace.plan.Origin;
import io.millrace.plan.Wishes.Wish;
import io.millrace.run.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What jobs ask for, for people and for programs.
 *
 * @param local whether they run in this process, which no container is asked for
 */
record ResourceText(boolean local) {
  private static final long GIB_IN_MIB = 1024;

  /**
   * The tasks of jobs that run one after the other: {@code 2 maps × 1 GiB, 1 reduce × 1 GiB}, or
   * {@code maps × 1 GiB or more} where an input is still to be made.
   */
  String tasks(List<JobResources> jobs, boolean known) {
    return jobs.stream().map(job -> tasks(job, known)).collect(Collectors.joining("; "));
  }

  private String tasks(JobResources job, boolean known) {
    String maps = tasks(job.maps(), "map", known);
    return job.reduces().map(reduces -> maps + ", " + tasks(reduces, "reduce", known)).orElse(maps);
  }

  private String tasks(Tasks tasks, String kind, boolean known) {
    String number =
        known
            ? String.format(
                Locale.ROOT, "%,d %s%s", tasks.count(), kind, tasks.count() == 1 ? "" : "s")
            : kind + "s";
    return local ? number : number + " × " + memory(tasks.memory(), known);
  }

  private static String memory(Wish memory, boolean known) {
    String size =
        memory.value() % (GIB_IN_MIB / 4) == 0 && memory.value() >= GIB_IN_MIB
            ? "%s GiB".formatted(number((double) memory.value() / GIB_IN_MIB))
            : memory.value() + " MiB";
    return memory.origin() == Origin.COMPUTED
        ? size + (known ? "" : " or more")
        : size + " (" + memory.origin() + ")";
  }

  private static String number(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.valueOf(number);
  }

  static String of(Resources.Said said) {
    return said.value() + " (" + said.origin() + ")";
  }

  static Map<String, Object> json(Resources.Said said) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", said.value());
    json.put("from", said.origin().toString());
    return json;
  }

  /** The same for programs; without numbers of tasks where an input is still to be made. */
  List<Map<String, Object>> json(List<JobResources> jobs, boolean known) {
    return jobs.stream().map(job -> json(job, known)).toList();
  }

  private Map<String, Object> json(JobResources job, boolean known) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("job", job.job());
    json.put("maps", json(job.maps(), known));
    job.reduces().ifPresent(reduces -> json.put("reduces", json(reduces, known)));
    job.split().ifPresent(split -> json.put("splitBytes", json(split)));
    return json;
  }

  private Map<String, Object> json(Tasks tasks, boolean known) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (known) {
      json.put("tasks", tasks.count());
    }
    tasks.running().ifPresent(wish -> json.put("running", json(wish)));
    if (!local) {
      json.put("memoryMib", json(tasks.memory()));
      json.put("heapMib", tasks.heapMib());
      tasks.vcores().ifPresent(wish -> json.put("vcores", json(wish)));
    }
    return json;
  }

  private static Map<String, Object> json(Wish wish) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", wish.value());
    json.put("from", wish.origin().toString());
    return json;
  }
}
