package io.millrace;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * For tests that take a {@link MiniHadoop} as a parameter. All that a process runs share one; the
 * build runs other tests beside it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MiniHadoop.Extension.class)
public @interface OnMiniHadoop {}
