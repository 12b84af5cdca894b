package io.millrace.cli;

import io.millrace.oozie.ApplicationFolder;
import io.millrace.oozie.Bundle;
import io.millrace.oozie.OozieException;
import io.millrace.oozie.OozieServer;
import io.millrace.schedule.oozie.ApplicationPlace;
import io.millrace.schedule.oozie.OozieApplication;
import io.millrace.schedule.oozie.OozieTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets Oozie run a pipeline from now on. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "submit",
    description = {
      "Lets Oozie run a pipeline as its `schedule` says: writes the application, as `millrace oozie render` does, brings it to the cluster with the job jar, lets Oozie check it, and starts it.",
      "Each application gets a folder of its own, named by its content, so that nights which run from another are not disturbed."
    },
    footer = {
      "",
      "Examples:",
      "  millrace oozie submit pipeline.yaml --set landing=/data/in --set warehouse=/data/wh --oozie http://host:11000/oozie",
      "  millrace oozie submit pipeline.yaml … --replace          after a change of the pipeline, or with a new version of Millrace"
    })
final class OozieSubmitCommand implements Callable<Integer> {
  /** Enough to find the first night that a bundle has not done. */
  private static final int NIGHTS_LOOKED_AT = 1000;

  /** So far from the pipeline's first date, no window reaches back before it. */
  private static final int DAYS_WITH_A_PAST = 1000;

  private static final String BUNDLE_PATH = "oozie.bundle.application.path";
  private static final String COORDINATOR_PATH = "oozie.coord.application.path";

  private final Console console;

  @Mixin private PipelineOptions pipelineOptions = new PipelineOptions();
  @Mixin private OozieOptions oozieOptions = new OozieOptions();

  @Option(
      names = "--app-path",
      paramLabel = "PATH",
      description =
          "The folder on the cluster for the pipeline's applications; left out: the pipeline's name, in your home folder there.")
  private Optional<String> app = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description =
          "The landing date of the first night; left out: the newest in the warehouse, or the pipeline's first (source.from); with --replace, the first that the other bundle has not done. Nights that lie in the past are made up for.")
  private Optional<LocalDate> from = Optional.empty();

  @Option(
      names = "--replace",
      description =
          "End the pipeline's bundle that is at work, with the nights that it is running, in favour of this one.")
  private boolean replace;

  @Option(
      names = "--jar-file",
      paramLabel = "FILE",
      description = "The job jar to bring along; left out: the one that runs this command.")
  private Optional<Path> jarFile = Optional.empty();

  OozieSubmitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    OozieServer server = oozieOptions.server();
    PipelineNights pipeline = PipelineNights.of(pipelineOptions);
    OozieCluster cluster =
        OozieCluster.of(pipeline.workspace().configuration(), app, pipeline.name());
    Path jar = jar();
    List<Bundle> others =
        pipeline.bundles(server).stream().filter(bundle -> bundle.status().isActive()).toList();
    if (!others.isEmpty() && !replace) {
      throw new UsageException(refusal(server, others.get(0)));
    }
    LocalDate first = first(server, pipeline, others);

    SortedMap<String, byte[]> content = new TreeMap<>(render(pipeline, cluster, "/", first));
    content.remove(OozieApplication.JOB_PROPERTIES);
    ApplicationFolder folder = new ApplicationFolder(content, jar);
    org.apache.hadoop.fs.Path place =
        new org.apache.hadoop.fs.Path(cluster.base(), folder.contentName());
    Map<String, String> properties =
        properties(pipeline, render(pipeline, cluster, place.toString(), first));
    console.status("Bringing the application to " + place);
    folder.put(cluster.files(), place);
    check(server, content, properties);
    for (Bundle other : others) {
      server.kill(other.id());
      console.say("Ended the bundle %s, submitted by %s.".formatted(other.id(), other.user()));
    }
    report(server, pipeline, place, properties, submit(server, properties, others));
    return ExitCode.DONE.code();
  }

  private Path jar() {
    Path jar =
        jarFile
            .or(JobJar::path)
            .orElseThrow(
                () ->
                    new UsageException(
                        "Cannot find the job jar: this command does not run from one. Name it with --jar-file."));
    if (!Files.isRegularFile(jar)) {
      throw new UsageException("Cannot read the job jar: %s is no file.".formatted(jar));
    }
    return jar;
  }

  private String refusal(OozieServer server, Bundle other) {
    return "Cannot submit %s: the bundle %s of %s runs it already (%s). Add --replace to end that one, or end it yourself:  oozie job -oozie %s -kill %s"
        .formatted(
            other.name(), other.id(), other.user(), other.status(), server.url(), other.id());
  }

  private LocalDate first(OozieServer server, PipelineNights pipeline, List<Bundle> others)
      throws IOException {
    LocalDate begin = pipeline.scheduled().from();
    if (from.isPresent()) {
      return FirstNightOption.checked(from.get(), pipeline.scheduled());
    }
    if (!others.isEmpty()) {
      Bundle other = server.bundle(others.get(0).id());
      Optional<LocalDate> open =
          OozieNights.of(server, other, pipeline, false, NIGHTS_LOOKED_AT)
              .flatMap(pipeline::firstOpenDate);
      if (open.isPresent()) {
        // the pipeline may begin later by now
        return open.get().isBefore(begin) ? begin : open.get();
      }
    }
    SortedSet<LocalDate> dates = pipeline.workspace().dates();
    return dates.isEmpty() ? begin : dates.last();
  }

  private static SortedMap<String, byte[]> render(
      PipelineNights pipeline, OozieCluster cluster, String folder, LocalDate first)
      throws IOException {
    return OozieRendering.of(
            pipeline.workspace(),
            pipeline.scheduled(),
            new ApplicationPlace(cluster.nameNode(), cluster.resourceManager(), folder, first))
        .files();
  }

  private static Map<String, String> properties(
      PipelineNights pipeline, SortedMap<String, byte[]> files) throws IOException {
    Properties written = new Properties();
    written.load(
        new InputStreamReader(
            new ByteArrayInputStream(files.get(OozieApplication.JOB_PROPERTIES)),
            StandardCharsets.ISO_8859_1));
    Map<String, String> properties = new HashMap<>();
    written.stringPropertyNames().forEach(name -> properties.put(name, written.getProperty(name)));
    properties.put(PipelineNights.WAREHOUSE, pipeline.workspace().warehouse().root().toString());
    return properties;
  }

  /** Lets Oozie look at each coordinator: of a bundle, it tells nobody what is wrong with them. */
  private static void check(
      OozieServer server, SortedMap<String, byte[]> files, Map<String, String> properties)
      throws OozieException {
    for (String name :
        List.of(OozieApplication.COORDINATOR, OozieApplication.TRAINING_COORDINATOR)) {
      if (files.containsKey(name)) {
        Map<String, String> alone = new HashMap<>(properties);
        alone.remove(BUNDLE_PATH);
        alone.put(COORDINATOR_PATH, "${app}/" + name);
        alone.computeIfPresent("start", (start, moment) -> muchLater(moment));
        alone.computeIfPresent("trainingStart", (start, moment) -> muchLater(moment));
        server.check(alone);
      }
    }
  }

  /** What is only looked at has to have all its inputs: Oozie refuses a night without a past. */
  private static String muchLater(String moment) {
    return OozieTime.text(OozieTime.parse(moment).plus(Duration.ofDays(DAYS_WITH_A_PAST)));
  }

  private static String submit(
      OozieServer server, Map<String, String> properties, List<Bundle> ended) throws IOException {
    try {
      return server.submit(properties);
    } catch (OozieException e) {
      throw ended.isEmpty()
          ? e
          : new IOException(e.getMessage() + " The other bundle has been ended; submit again.", e);
    }
  }

  private void report(
      OozieServer server,
      PipelineNights pipeline,
      org.apache.hadoop.fs.Path place,
      Map<String, String> properties,
      String id) {
    console.print("Oozie runs %s from now on: bundle %s".formatted(pipeline.name(), id));
    console.print("  application     " + place);
    console.print("  first night     " + night(pipeline, properties, "start"));
    if (properties.containsKey("trainingStart")) {
      console.print("  first training  " + night(pipeline, properties, "trainingStart"));
    }
    console.print("  times are those of " + pipeline.zone());
    console.print("");
    console.print(
        "How it is getting on:  millrace oozie status %s %s"
            .formatted(pipelineOptions.commandLine(), oozieOptions.commandLine()));
    console.print(
        "End it:                oozie job -oozie %s -kill %s".formatted(server.url(), id));
  }

  private static String night(
      PipelineNights pipeline, Map<String, String> properties, String name) {
    return pipeline.nightText(OozieTime.parse(properties.getOrDefault(name, "")));
  }
}
