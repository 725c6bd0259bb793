package kith.node.platform.tls;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// The lines of the log about refused connections between nodes, of all nodes in this JVM.
public final class RefusalLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(RefusedPeers.class);

  public RefusalLog() {
    start();
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
  }

  /// Waits for a line with all of these texts.
  public void has(String... texts) throws InterruptedException {
    var others = new ArrayList<String>();
    while (true) {
      var line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null)
        throw new AssertionError(
            "The log has no line with %s, only %s".formatted(List.of(texts), others));
      if (List.of(texts).stream().allMatch(line::contains)) return;
      others.add(line);
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
  }
}
