package kith.node.gateway.socket;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports defects of Kith. Errors of clients and networks are left out, because they could fill
/// the log.
final class Faults {
  private static final Logger log = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  static void report(Throwable fault) {
    if (fault instanceof IOException || fault instanceof DecoderException)
      log.debug("A connection broke", fault);
    else log.error("A connection failed", fault);
  }
}
