package io.millrace.example;

/** How a card is used. */
enum Channel {
  POS("pos"),
  WEB("web"),
  ATM("atm");

  private final String text;

  Channel(String text) {
    this.text = text;
  }

  /** As it is written into a landing file. */
  String text() {
    return text;
  }
}
