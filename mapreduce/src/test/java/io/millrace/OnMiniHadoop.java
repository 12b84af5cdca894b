package io.millrace;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * For tests that take a {@link MiniHadoop} as a parameter. The build runs what has the tag {@code
 * cluster} in one process, so that all such tests share one, and with no other test beside it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MiniHadoop.Extension.class)
@Tag("cluster")
public @interface OnMiniHadoop {}
