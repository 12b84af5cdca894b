package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "612c62, \"a,b\"",
        "61c3a9, aé",
        "f09f8c8a61, 🌊a",
        "61ff62, a\\xFFb",
        "c3, \\xC3",
        "61e282, a\\xE2\\x82",
        "e28261, \\xE2\\x82a",
        "0061, \\x00a"
      })
  void shouldShowBytesAsTextAndWhatIsNoneAsNumbers(String hex, String shown) {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    assertEquals(shown, CellText.of(bytes, Schema.create(Schema.Type.BYTES)));
  }
}
