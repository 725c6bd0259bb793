package kith.node.platform.metrics;

import java.util.EnumMap;
import java.util.Map;
import kith.protocol.Code;

/// Counts the node's refusals, by code.
final class Refusals {
  private final Map<Code, Count> byCode = new EnumMap<>(Code.class);

  Refusals(Instruments instruments) {
    var all =
        instruments.counter(
            "kith_refusals", "Refused requests over sockets and REST, by error code.", "code");
    for (var code : Code.values()) byCode.put(code, all.labelValues(code.wire()));
  }

  void count(Code code) {
    var one = byCode.get(code);
    if (one != null) one.inc();
  }
}
