package kith.terminal.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.ServerFrame.Receipt;
import kith.protocol.frame.ServerFrame.ReceiptCount;

/// The read receipts of a room: by user in small rooms, by message in large ones.
public record ReadReceipts(Map<String, Receipt> byUser, Map<Long, ReceiptCount> bySeq) {
  public static final ReadReceipts NONE = new ReadReceipts(Map.of(), Map.of());

  public ReadReceipts {
    byUser = Map.copyOf(byUser);
    bySeq = Map.copyOf(bySeq);
  }

  public ReadReceipts updated(ServerFrame.Receipts news) {
    var users = new HashMap<>(byUser);
    for (var receipt : news.users().orElse(List.of())) users.put(receipt.user(), receipt);
    var counts = new HashMap<Long, ReceiptCount>();
    for (var count : news.counts().orElse(List.of())) counts.put(count.seq(), count);
    return new ReadReceipts(users, news.counts().isPresent() ? counts : bySeq);
  }

  /// The log ends earlier than before: later positions belong to entries that are gone.
  public ReadReceipts rewound(long to) {
    var users = new HashMap<>(byUser);
    users.replaceAll(
        (user, it) -> new Receipt(user, Math.min(it.delivered(), to), Math.min(it.read(), to)));
    var counts = new HashMap<>(bySeq);
    counts.keySet().removeIf(seq -> seq > to);
    return new ReadReceipts(users, counts);
  }

  /// The delivery state of an own message, as far as the others share it.
  public enum Mark {
    SENT,
    DELIVERED,
    READ
  }

  /// The state that all other members have reached.
  public Mark mark(long seq, String me) {
    var others = byUser.values().stream().filter(it -> !it.user().equals(me)).toList();
    if (others.isEmpty()) return Mark.SENT;
    if (others.stream().allMatch(it -> it.read() >= seq)) return Mark.READ;
    return others.stream().allMatch(it -> it.delivered() >= seq) ? Mark.DELIVERED : Mark.SENT;
  }

  /// The state as text; empty if nothing is known.
  public String summary(long seq, String me) {
    var count = bySeq.get(seq);
    if (count != null) {
      // the server's counts include the author
      return "read by "
          + withoutAuthor(count.read())
          + ", delivered to "
          + withoutAuthor(count.delivered());
    }
    var readers = names(me, it -> it.read() >= seq);
    var holders = names(me, it -> it.delivered() >= seq && it.read() < seq);
    var read = readers.isEmpty() ? "" : "read by " + readers;
    var held = holders.isEmpty() ? "" : "delivered to " + holders;
    return read + (read.isEmpty() || held.isEmpty() ? "" : ", ") + held;
  }

  private static long withoutAuthor(long count) {
    return Math.max(0, count - 1);
  }

  private String names(String me, Predicate<Receipt> which) {
    return byUser.values().stream()
        .filter(it -> !it.user().equals(me))
        .filter(which)
        .map(Receipt::user)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
