package io.millrace.aggregate;

/** A state that lies in an object of its own and grows as values come. */
interface HeldState {
  /** Bytes of data that it holds now. */
  int bytes();
}
