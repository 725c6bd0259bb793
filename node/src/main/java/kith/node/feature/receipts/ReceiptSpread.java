package kith.node.feature.receipts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import kith.node.platform.config.Portions;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.Privacy.Topic;
import kith.protocol.ShownTo;

/// The number of members of a large room that have received and read each entry, without their
/// names. Each step is a position of at least one member; only the latest steps are kept.
///
/// @param steps ascending; the counts of a step are valid from the step before, exclusive
public record ReceiptSpread(List<Step> steps) implements CborSerializable {
  /// The number of members that have received and read the entry `seq`.
  public record Step(long seq, long delivered, long read) implements CborSerializable {}

  public ReceiptSpread {
    steps = List.copyOf(steps);
  }

  static ReceiptSpread of(Collection<Receipt> receipts) {
    var delivered = new TreeMap<Long, Long>();
    var read = new TreeMap<Long, Long>();
    for (var receipt : receipts) {
      if (receipt.policy().audience(Topic.RECEIPTS) != ShownTo.EVERYONE) continue;
      delivered.merge(receipt.delivered(), 1L, Long::sum);
      read.merge(receipt.read(), 1L, Long::sum);
    }
    var places = new TreeSet<>(delivered.keySet());
    places.addAll(read.keySet());
    var steps = new ArrayList<Step>();
    var above = new Step(0, 0, 0);
    for (var seq : places.descendingSet()) {
      if (steps.size() == Portions.RECEIPT_STEPS) break;
      above =
          new Step(
              seq,
              above.delivered() + delivered.getOrDefault(seq, 0L),
              above.read() + read.getOrDefault(seq, 0L));
      steps.add(above);
    }
    return new ReceiptSpread(steps.reversed());
  }

  /// The counts for entry `seq`; a lower bound if it is older than all steps.
  public Step at(long seq) {
    for (var step : steps)
      if (step.seq() >= seq) return new Step(seq, step.delivered(), step.read());
    return new Step(seq, 0, 0);
  }
}
