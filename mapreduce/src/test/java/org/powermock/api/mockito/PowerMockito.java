package org.powermock.api.mockito;

import org.powermock.api.mockito.expectation.ConstructorExpectationSetup;

/**
 * Stands in for the one class of PowerMock that MRUnit 1.1.0 was compiled against. PowerMock itself
 * does not run on Java 17; MRUnit calls it only where {@code MultipleOutputs} are tested.
 */
public final class PowerMockito {
  private PowerMockito() {}

  @SuppressWarnings("DoNotCallSuggester") // MRUnit does call it
  public static <T> ConstructorExpectationSetup<T> whenNew(Class<T> type) {
    throw new UnsupportedOperationException("Cannot stand in for the constructor of " + type);
  }
}
