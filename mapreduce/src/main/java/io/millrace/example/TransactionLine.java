package io.millrace.example;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.row.ByteBuilder;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Writes transactions as lines of CSV (RFC 4180, but with line feeds), wrong ones included. */
final class TransactionLine {
  static final byte[] HEADER =
      ("txn_id,ts,card_id,card_country,terminal_id,merchant_id,merchant_name,"
              + "amount,currency,country,channel,is_fraud\n")
          .getBytes(UTF_8);

  private static final byte[] UNREADABLE_NAME = "Café Crème".getBytes(ISO_8859_1);
  private static final String UNQUOTED_NAME = "Miller, Sons & Co";
  private static final int HUGE_CENTS_FROM = 10_000_001;
  private static final int HUGE_CENTS_TO = 900_000_000;

  private final CardWorld world;
  private final Dice dice;
  private final ByteBuilder out;

  TransactionLine(CardWorld world, Dice dice, ByteBuilder out) {
    this.world = world;
    this.dice = dice;
    this.out = out;
  }

  /** Appends a line that has the defect, if there is one. */
  void append(Transaction transaction, @Nullable Defect defect) {
    Merchant merchant = world.terminals().merchant(transaction.terminal());
    appendId(transaction);
    appendTime(transaction, defect);
    separate().putByte('C');
    digits(transaction.card(), 7);
    separate();
    text(world.card(transaction.card()).country().name());
    separate().putByte('T');
    digits(transaction.terminal(), 6);
    separate().putByte('M');
    digits(world.terminals().merchantNumber(transaction.terminal()), 6);
    separate();
    appendMerchantName(merchant, defect);
    if (defect != Defect.TOO_FEW_COLUMNS) {
      separate();
      appendAmount(transaction.cents(), defect);
      separate();
      appendCurrency(merchant, defect);
      separate();
      text(merchant.country().name());
      separate();
      appendChannel(merchant, defect);
      separate();
      if (defect != Defect.UNKNOWN_LABEL) {
        text(transaction.isFraud() ? "true" : "false");
      }
    }
    out.putByte('\n');
  }

  private void appendId(Transaction transaction) {
    LocalDate date = LocalDate.ofEpochDay(transaction.epochDay());
    digits(date.getYear(), 4);
    digits(date.getMonthValue(), 2);
    digits(date.getDayOfMonth(), 2);
    out.putByte('-');
    digits(transaction.index(), 8);
    separate();
  }

  private void appendTime(Transaction transaction, @Nullable Defect defect) {
    if (defect == Defect.MISSING_TIMESTAMP) {
      text("n/a");
      return;
    }
    long ahead = defect == Defect.FUTURE ? dice.from(1, 30) : 0;
    LocalDate date = LocalDate.ofEpochDay(transaction.epochDay() + ahead);
    digits(date.getYear(), 4);
    out.putByte('-');
    digits(date.getMonthValue(), 2);
    out.putByte('-');
    digits(date.getDayOfMonth(), 2);
    out.putByte('T');
    int millis = transaction.millisOfDay();
    digits(millis / 3_600_000, 2);
    out.putByte(':');
    digits(millis / 60_000 % 60, 2);
    out.putByte(':');
    digits(millis / 1000 % 60, 2);
    out.putByte('.');
    digits(millis % 1000, 3);
    out.putByte('Z');
  }

  private void appendMerchantName(Merchant merchant, @Nullable Defect defect) {
    if (defect == Defect.INVALID_UTF8) {
      out.putBytes(UNREADABLE_NAME);
    } else if (defect == Defect.TOO_MANY_COLUMNS) {
      text(UNQUOTED_NAME);
    } else if (defect == Defect.UNTERMINATED_QUOTE) {
      out.putByte('"');
      text(merchant.name().replace("\"", "\"\""));
    } else {
      out.putBytes(merchant.toCsvName());
    }
  }

  private void appendAmount(long cents, @Nullable Defect defect) {
    if (defect == Defect.MISSING_AMOUNT) {
      return;
    }
    if (defect == Defect.NEGATIVE_AMOUNT) {
      out.putByte('-');
    }
    long written = defect == Defect.HUGE_AMOUNT ? dice.from(HUGE_CENTS_FROM, HUGE_CENTS_TO) : cents;
    digits(written / 100, 1);
    out.putByte('.');
    digits(written % 100, 2);
  }

  private void appendCurrency(Merchant merchant, @Nullable Defect defect) {
    if (defect != Defect.MISSING_CURRENCY) {
      text(defect == Defect.UNKNOWN_CURRENCY ? "XXX" : merchant.country().currency());
    }
  }

  private void appendChannel(Merchant merchant, @Nullable Defect defect) {
    if (defect == Defect.UNTIDY_CHANNEL) {
      text(" " + merchant.channel().name() + " ");
    } else {
      text(merchant.channel().text());
    }
  }

  private ByteBuilder separate() {
    return out.putByte(',');
  }

  private void text(String text) {
    out.putBytes(text.getBytes(UTF_8));
  }

  /** A number that is not negative, with zeros in front up to a width. */
  private void digits(long number, int width) {
    long power = 1;
    int digits = 1;
    while (digits < width || number / power >= 10) {
      power *= 10;
      digits++;
    }
    long rest = number;
    for (; power > 0; power /= 10) {
      out.putByte('0' + (int) (rest / power));
      rest %= power;
    }
  }
}
