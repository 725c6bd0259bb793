package kith.node.feature.receipts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.ShownTo;

/// How many members of a big room have which entries, without saying who: what changes at the
/// latest places where anybody stands.
///
/// @param steps ascending; from one place up to the next the counts are those of the next
public record ReceiptSpread(List<Step> steps) implements CborSerializable {
  private static final int MOST = 200;

  /// So many have the entry `seq`, and have read it.
  public record Step(long seq, long delivered, long read) implements CborSerializable {}

  public ReceiptSpread {
    steps = List.copyOf(steps);
  }

  static ReceiptSpread of(Collection<Receipt> receipts) {
    var delivered = new TreeMap<Long, Long>();
    var read = new TreeMap<Long, Long>();
    for (var receipt : receipts) {
      if (receipt.terms().to() != ShownTo.EVERYONE) continue;
      delivered.merge(receipt.delivered(), 1L, Long::sum);
      read.merge(receipt.read(), 1L, Long::sum);
    }
    var places = new TreeSet<>(delivered.keySet());
    places.addAll(read.keySet());
    var steps = new ArrayList<Step>();
    var above = new Step(0, 0, 0);
    for (var seq : places.descendingSet()) {
      if (steps.size() == MOST) break;
      above =
          new Step(
              seq,
              above.delivered() + delivered.getOrDefault(seq, 0L),
              above.read() + read.getOrDefault(seq, 0L));
      steps.add(above);
    }
    return new ReceiptSpread(steps.reversed());
  }

  /// Of what is older than all places in it, at least so many.
  public Step at(long seq) {
    for (var step : steps)
      if (step.seq() >= seq) return new Step(seq, step.delivered(), step.read());
    return new Step(seq, 0, 0);
  }
}
