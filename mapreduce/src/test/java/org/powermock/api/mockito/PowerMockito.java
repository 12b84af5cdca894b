package org.powermock.api.mockito;

import java.lang.reflect.Proxy;
import org.mockito.stubbing.OngoingStubbing;
import org.powermock.api.mockito.expectation.ConstructorExpectationSetup;

/**
 * Stands in for PowerMock, which does not run on Java 17, in the one call that MRUnit 1.1.0 makes
 * of it: {@code whenNew(MultipleOutputs.class).withArguments(...).thenReturn(...)}. No constructor
 * is intercepted: Millrace's jobs have no {@code MultipleOutputs}.
 */
public final class PowerMockito {
  private PowerMockito() {}

  public static <T> ConstructorExpectationSetup<T> whenNew(Class<T> type) {
    return (first, rest) -> ignoring();
  }

  @SuppressWarnings("unchecked")
  private static <T> OngoingStubbing<T> ignoring() {
    return (OngoingStubbing<T>)
        Proxy.newProxyInstance(
            PowerMockito.class.getClassLoader(),
            new Class<?>[] {OngoingStubbing.class},
            (proxy, method, arguments) -> proxy);
  }
}
