package io.millrace.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Card transactions: customers with habits of their own who pay at terminals near them, and three
 * kinds of fraud: large amounts, terminals that are compromised for four weeks, customers whose
 * cards are abused for two weeks. One file a day; some rows come up to three days late, some twice.
 * The same seed gives the same files.
 */
final class TransactionGenerator {
  private static final int SECONDS_A_DAY = 86_400;
  private static final double LARGE_AMOUNT = 220;
  private static final int TERMINAL_FRAUD_DAYS = 28;
  private static final int CUSTOMER_FRAUD_DAYS = 14;

  private record Customer(double meanAmount, double transactionsADay, List<Integer> terminals) {}

  private record Transaction(
      long id, LocalDate day, int second, int customer, int terminal, double amount, int fraud) {
    String line() {
      return "%d,%s %02d:%02d:%02d,%d,%d,%s,%d"
          .formatted(
              id,
              day,
              second / 3600,
              second / 60 % 60,
              second % 60,
              customer,
              terminal,
              amount,
              fraud);
    }
  }

  private final Random random;
  private final List<Customer> customers = new ArrayList<>();
  private final Map<Integer, LocalDate> badTerminals = new HashMap<>();
  private final Map<Integer, LocalDate> badCustomers = new HashMap<>();
  private final int terminals;
  private long nextId;

  TransactionGenerator(int customers, int terminals, long seed) {
    random = new Random(seed);
    this.terminals = terminals;
    double[][] places = new double[terminals][];
    for (int terminal = 0; terminal < terminals; terminal++) {
      places[terminal] = place();
    }
    for (int customer = 0; customer < customers; customer++) {
      double[] home = place();
      List<Integer> near = new ArrayList<>();
      for (int terminal = 0; terminal < terminals; terminal++) {
        if (Math.hypot(home[0] - places[terminal][0], home[1] - places[terminal][1]) < 12) {
          near.add(terminal);
        }
      }
      this.customers.add(new Customer(5 + 95 * random.nextDouble(), 4 * random.nextDouble(), near));
    }
  }

  private double[] place() {
    return new double[] {100 * random.nextDouble(), 100 * random.nextDouble()};
  }

  /** Writes {@code <landing>/yyyy/MM/yyyy-MM-dd.csv} for days from the first on. */
  void write(Path landing, LocalDate first, int days) throws IOException {
    Map<LocalDate, List<Transaction>> landed = new HashMap<>();
    for (int i = 0; i < days; i++) {
      LocalDate day = first.plusDays(i);
      for (Transaction transaction : transactions(day)) {
        landed.computeIfAbsent(landing(day), date -> new ArrayList<>()).add(transaction);
        if (random.nextInt(200) == 0) {
          landed.computeIfAbsent(landing(day), date -> new ArrayList<>()).add(transaction);
        }
      }
      write(
          landing.resolve(DateTimeFormatter.ofPattern("yyyy/MM").format(day)).resolve(day + ".csv"),
          landed.getOrDefault(day, List.of()));
    }
  }

  /** On the day itself, or for one in twenty on one of the next three. */
  private LocalDate landing(LocalDate day) {
    return random.nextInt(20) == 0 ? day.plusDays(1 + random.nextInt(3)) : day;
  }

  private List<Transaction> transactions(LocalDate day) {
    for (int i = 0; i < 2; i++) {
      badTerminals.put(random.nextInt(terminals), day.plusDays(TERMINAL_FRAUD_DAYS));
    }
    for (int i = 0; i < 3; i++) {
      badCustomers.put(random.nextInt(customers.size()), day.plusDays(CUSTOMER_FRAUD_DAYS));
    }
    List<Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < customers.size(); i++) {
      Customer customer = customers.get(i);
      double rest = customer.transactionsADay();
      for (int n = 0; !customer.terminals().isEmpty() && n < 12; n++) {
        rest -= -Math.log(1 - random.nextDouble()); // a Poisson process
        if (rest < 0) {
          break;
        }
        transactions.add(transaction(day, i, customer));
      }
    }
    return transactions;
  }

  private Transaction transaction(LocalDate day, int number, Customer customer) {
    int second = (int) (SECONDS_A_DAY / 2 + 20_000 * random.nextGaussian());
    int terminal = customer.terminals().get(random.nextInt(customer.terminals().size()));
    double amount = Math.abs(customer.meanAmount() * (1 + random.nextGaussian() / 2)) + 0.01;
    boolean abused = day.isBefore(badCustomers.getOrDefault(number, LocalDate.MIN));
    boolean stolen = abused && random.nextInt(3) == 0;
    amount = Math.round(100 * (stolen ? 5 * amount : amount)) / 100.0;
    boolean compromised = day.isBefore(badTerminals.getOrDefault(terminal, LocalDate.MIN));
    int fraud = amount > LARGE_AMOUNT || compromised || stolen ? 1 : 0;
    return new Transaction(
        nextId++, day, Math.floorMod(second, SECONDS_A_DAY), number, terminal, amount, fraud);
  }

  private static void write(Path file, List<Transaction> transactions) throws IOException {
    Files.createDirectories(file.getParent());
    List<String> lines = new ArrayList<>();
    lines.add("TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD");
    transactions.stream()
        .sorted(Comparator.comparing(Transaction::day).thenComparing(Transaction::second))
        .map(Transaction::line)
        .forEach(lines::add);
    Files.write(file, lines);
  }
}
