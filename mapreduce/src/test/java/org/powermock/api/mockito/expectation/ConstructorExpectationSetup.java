package org.powermock.api.mockito.expectation;

import org.mockito.stubbing.OngoingStubbing;

/** The one method of PowerMock's interface that MRUnit calls. */
public interface ConstructorExpectationSetup<T> {
  OngoingStubbing<T> withArguments(Object first, Object... rest) throws Exception;
}
