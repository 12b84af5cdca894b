package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.plan.Origin;
import io.millrace.plan.Resource;
import io.millrace.plan.StageKind;
import io.millrace.plan.Wishes.Wish;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaidPropertiesTest {
  /** Hadoop's defaults, and a file of a cluster's administrators. */
  static Configuration site(String... properties) {
    StringBuilder xml = new StringBuilder("<configuration>");
    for (String property : properties) {
      String[] parts = property.split("=", 2);
      xml.append(
          "<property><name>%s</name><value>%s</value></property>".formatted(parts[0], parts[1]));
    }
    Configuration configuration = new Configuration(LocalRuntime.defaults());
    configuration.addResource(
        new ByteArrayInputStream(
            xml.append("</configuration>").toString().getBytes(StandardCharsets.UTF_8)),
        "mapred-site.xml");
    return configuration;
  }

  @Test
  void shouldTellUsersFromAdministratorsAndFromHadoop() {
    Configuration configuration =
        site("mapreduce.map.memory.mb=2048", "mapreduce.reduce.memory.mb=3072");
    configuration.set("mapreduce.reduce.memory.mb", "4096");
    configuration.set("mapreduce.map.cpu.vcores", "2");
    SaidProperties said = new SaidProperties(new Configuration(configuration));

    assertEquals(Optional.of(Origin.SITE), said.origin("mapreduce.map.memory.mb"));
    assertEquals(Optional.of(Origin.COMMAND_LINE), said.origin("mapreduce.reduce.memory.mb"));
    assertEquals(Optional.empty(), said.origin("mapreduce.reduce.cpu.vcores"));
    assertEquals(Optional.empty(), said.origin("mapreduce.no.such.property"));
    assertEquals(
        Map.of(
            Resource.REDUCE_MEMORY, new Wish(4096, Origin.COMMAND_LINE),
            Resource.MAP_VCORES, new Wish(2, Origin.COMMAND_LINE)),
        said.wishes(Origin.COMMAND_LINE, StageKind.CLEAN).wishes());
    assertEquals(
        Map.of(Resource.MAP_MEMORY, new Wish(2048, Origin.SITE)),
        said.wishes(Origin.SITE, StageKind.CLEAN).wishes());
  }

  @Test
  void shouldFitSortBufferAndHeapWhateverAdministratorsSay() {
    Configuration configuration =
        site("mapreduce.task.io.sort.mb=2047", "mapreduce.map.java.opts=-Xmx3g -Da=b");
    SaidProperties said = new SaidProperties(configuration);

    assertEquals(Map.of(), said.wishes(Origin.SITE, StageKind.CLEAN).wishes());
    assertEquals(Map.of(), said.wishes(Origin.COMMAND_LINE, StageKind.CLEAN).wishes());
    assertEquals("-Da=b", said.javaOptionsWithoutHeap("mapreduce.map.java.opts"));
  }

  @ParameterizedTest
  @CsvSource({
    "-Xmx700m, 700",
    "-Xmx1G -verbose:gc, 1024",
    "-Da=b -Xmx512M -Xmx2g, 2048", // the last counts
    "-Xmx1048576k, 1024",
    "-Xmx1073741824, 1024"
  })
  void shouldReadTheHeapOfTheCommandLine(String options, long mib) {
    for (String property : new String[] {"mapreduce.map.java.opts", "mapred.child.java.opts"}) {
      Configuration configuration = site("mapreduce.job.reduces=1");
      configuration.set(property, options);
      SaidProperties said = new SaidProperties(configuration);
      assertEquals(
          Optional.of(new Wish(mib, Origin.COMMAND_LINE)),
          said.wishes(Origin.COMMAND_LINE, StageKind.SCORE).find(Resource.MAP_HEAP));
    }
  }

  @Test
  void shouldReadTheSplitOfTheStage() {
    Configuration configuration = site();
    configuration.set("millrace.input.split-bytes", "64m");
    configuration.set("mapreduce.input.fileinputformat.split.maxsize", "1000");
    SaidProperties said = new SaidProperties(configuration);
    Origin user = Origin.COMMAND_LINE;

    assertEquals(
        Optional.of(new Wish(64 << 20, user)),
        said.wishes(user, StageKind.CLEAN).find(Resource.SPLIT));
    assertEquals(
        Optional.of(new Wish(1000, user)),
        said.wishes(user, StageKind.PARTIALS).find(Resource.SPLIT));
    assertEquals(Optional.empty(), said.wishes(user, StageKind.SCORE).find(Resource.SPLIT));
  }
}
