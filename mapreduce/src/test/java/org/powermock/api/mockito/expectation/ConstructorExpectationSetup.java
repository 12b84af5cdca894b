package org.powermock.api.mockito.expectation;

import org.mockito.stubbing.OngoingStubbing;

/** Named in the signatures of MRUnit 1.1.0; nothing makes one. */
public interface ConstructorExpectationSetup<T> {
  OngoingStubbing<T> withArguments(Object first, Object... rest);
}
