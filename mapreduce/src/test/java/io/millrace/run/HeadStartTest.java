package io.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.log4j.AppenderSkeleton;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class HeadStartTest {
  @Test
  void shouldFailAtNoStep() {
    List<String> said = new ArrayList<>();
    AppenderSkeleton appender =
        new AppenderSkeleton() {
          @Override
          protected void append(LoggingEvent event) {
            said.add(event.getRenderedMessage() + event.getThrowableInformation().getThrowable());
          }

          @Override
          public void close() {
            // holds nothing
          }

          @Override
          public boolean requiresLayout() {
            return false;
          }
        };
    Logger logger = Logger.getLogger(HeadStart.class);
    Level before = logger.getLevel();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(appender);
    try {
      HeadStart.take();
    } finally {
      logger.removeAppender(appender);
      logger.setLevel(before);
    }

    assertEquals(List.of(), said);
  }
}
