package org.powermock.api.mockito;

import org.mockito.Mockito;
import org.mockito.stubbing.OngoingStubbing;
import org.powermock.api.mockito.expectation.ConstructorExpectationSetup;

/**
 * Stands in for the one class of PowerMock that MRUnit 1.1.0 was compiled against; PowerMock itself
 * does not run on Java 17. Intercepts no constructor: {@code MultipleOutputs} cannot be tested with
 * it.
 */
public final class PowerMockito {
  private PowerMockito() {}

  @SuppressWarnings("unchecked")
  public static <T> ConstructorExpectationSetup<T> whenNew(Class<T> type) {
    return (first, rest) -> (OngoingStubbing<T>) Mockito.mock(OngoingStubbing.class);
  }
}
