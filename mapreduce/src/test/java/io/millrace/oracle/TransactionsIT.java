package io.millrace.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a year of generated card transactions, every value of every day against DuckDB's. */
class TransactionsIT {
  @Test
  void shouldMakeOfHalfAYearOfTransactionsWhatDuckDbMakes(@TempDir Path home)
      throws IOException, SQLException {
    int days = 183;
    OracleFolder folder = OracleFolder.transactions(home, LocalDate.of(2018, 4, 1));
    new TransactionGenerator(500, 1000, 3).write(home.resolve("landing"), folder.first(), days);
    folder.days(days).check(2_000_000);
  }
}
