package io.millrace.job.clean;

import io.millrace.job.io.LandingFile;
import io.millrace.pipeline.FeatureGroup;
import io.millrace.pipeline.Pipeline;
import io.millrace.pipeline.SpecText;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The pipeline that the clean step is tested with. */
final class Payments {
  static final LocalDate DATE = LocalDate.of(2026, 3, 30);
  static final String HEADER = "id,region,ts,amount,units,channel";

  static final SpecText SPEC =
      new SpecText(
          """
          pipeline: payments
          profile: false
          warehouse: /warehouse
          timezone: Asia/Kathmandu
          source:
            path: /landing/${date}
            schema: payment.avsc
            event_time: ts
            from: 2026-01-01
            lateness: 3d
            options:
              nulls: ["", n/a]
          clean:
            repair:
              channel: LOWER(TRIM(channel))
            derive:
              doubled: units * 2
            rules:
              amount_in_range: amount BETWEEN 0 AND 1000
              known_channel: |
                channel
                IN ('web', 'pos')
            deduplicate: {by: [id, region], keep: latest}
          """,
          Map.of(
              "payment.avsc",
              """
              {"type": "record", "name": "Payment", "fields": [
                {"name": "id", "type": "string"},
                {"name": "region", "type": ["null", "string"], "default": null},
                {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "amount", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}]},
                {"name": "units", "type": "int", "default": 1},
                {"name": "channel", "type": ["null", "string"]}]}
              """
                  .getBytes(StandardCharsets.UTF_8)));

  private Payments() {}

  static CleanJob.Request request(
      SpecText spec,
      LocalDate date,
      List<LandingFile> files,
      int rowFiles,
      int quarantineFiles,
      Path output) {
    return request(spec, date, files, List.of(), rowFiles, quarantineFiles, output);
  }

  /** With clean files of earlier dates, whose keys count. */
  static CleanJob.Request request(
      SpecText spec,
      LocalDate date,
      List<LandingFile> files,
      List<Path> earlier,
      int rowFiles,
      int quarantineFiles,
      Path output) {
    Pipeline pipeline = spec.bind();
    return new CleanJob.Request(
        pipeline.spec().source(),
        pipeline.spec().timezone(),
        pipeline.cleaning(),
        date,
        files,
        earlier,
        rowFiles,
        quarantineFiles,
        pipeline.clustering().map(FeatureGroup::entity).orElse(List.of()),
        Optional.empty(),
        List.of(),
        pipeline.spec().profile(),
        "0123456789abcdef0123456789abcdef",
        output);
  }
}
