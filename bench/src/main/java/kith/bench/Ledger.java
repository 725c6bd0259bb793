package kith.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Records all messages sent, acknowledged and delivered in a run, and counts broken promises.
final class Ledger {
  private static final long LONGEST_MICROS = 600_000_000;

  private final List<RoomRecord> books = new ArrayList<>();

  // indexed by message number; messages are numbered from 1 in the order of sending
  private final LongArray intendedAt = new LongArray();
  private final LongArray senders = new LongArray();
  private final LongArray acknowledgedAs = new LongArray();
  private final LongArray committedAs = new LongArray();
  private long sent;
  private long answered;

  private long lost;
  private long repeated;
  private long contradicted;
  private long hungUp;
  private final Map<String, Long> refusals = new TreeMap<>();

  private long windowFrom = Long.MAX_VALUE;
  private long windowTo = Long.MAX_VALUE;
  private long accepted;
  private long deliveries;
  private Histogram acks = histogram();
  private Histogram delays = histogram();

  /// The counts of one measurement.
  record Tally(long accepted, long deliveries, Histogram acks, Histogram delays) {}

  private static Histogram histogram() {
    return new Histogram(1, LONGEST_MICROS, 3);
  }

  /// The record of the run's room `index`. True if each of the first `rooms` rooms has acknowledged
  /// this entry.
  boolean haveAll(int rooms, int entry) {
    for (int room = 0; room < rooms; room++)
      if (room(room).lastAcknowledged() < entry) return false;
    return true;
  }

  RoomRecord room(int index) {
    while (books.size() <= index) books.add(new RoomRecord());
    return books.get(index);
  }

  /// Counts events between `from` and `to`. Measures the latency of messages that were due in that
  /// time, also if they are answered later.
  void measure(long from, long to) {
    windowFrom = from;
    windowTo = to;
    accepted = 0;
    deliveries = 0;
    acks = histogram();
    delays = histogram();
  }

  Tally tally() {
    return new Tally(accepted, deliveries, acks, delays);
  }

  /// Returns the number of a new message that was due at `intended`.
  long sent(int sender, long intended) {
    sent++;
    intendedAt.set(sent, intended);
    senders.set(sent, sender);
    return sent;
  }

  void acknowledged(ReadPosition position, long message, long seq, long now) {
    if (acknowledgedAs.get(message) != 0) repeated++;
    else answered++;
    acknowledgedAs.set(message, seq);
    if (senders.get(message) != position.member()) contradicted++;
    commit(position.room(), message, seq);
    position.room().acknowledged(seq);
    if (isInWindow(now)) accepted++;
    time(acks, message, now);
  }

  void refused(String code, long message) {
    refusals.merge(code, 1L, Long::sum);
    if (message > 0) answered++;
  }

  void entries(ReadPosition position, byte[] buffer, int from, int to, long now) {
    var frame = position.room().frame(position.seq(), buffer, from, to);
    if (!frame.isChecked()) {
      frame.checked();
      for (int i = 0; i < frame.seqs().length; i++)
        if (frame.messages()[i] > 0) commit(position.room(), frame.messages()[i], frame.seqs()[i]);
    }
    deliver(position, frame, now);
  }

  /// A message arrived from a server that has no sequence numbers: it gets the next position.
  /// Returns whether the member sent it, in which case it counts as the ack.
  boolean message(ReadPosition position, long message, long now) {
    var seq = position.seq() + 1;
    commit(position.room(), message, seq);
    position.advance(seq);
    if (isInWindow(now)) deliveries++;
    var isOwn = senders.get(message) == position.member();
    if (isOwn) acknowledged(position, message, seq, now);
    else time(delays, message, now);
    return isOwn;
  }

  private void deliver(ReadPosition position, EntriesFrame frame, long now) {
    for (int i = 0; i < frame.seqs().length; i++) {
      var missing = position.advance(frame.seqs()[i]);
      if (missing > 0) lost += missing;
      if (missing < 0) repeated++;
      var message = frame.messages()[i];
      if (message > 0 && senders.get(message) != position.member()) time(delays, message, now);
    }
    if (isInWindow(now)) deliveries += frame.seqs().length;
  }

  /// A message must have one `seq`, and a `seq` one message, in every ack and every entry.
  private void commit(RoomRecord room, long message, long seq) {
    var committed = committedAs.get(message);
    var occupant = room.message(seq);
    if (message > sent
        || (committed != 0 && committed != seq)
        || (occupant != 0 && occupant != message)) contradicted++;
    committedAs.set(message, seq);
    room.holds(seq, message);
  }

  void disconnected() {
    hungUp++;
  }

  private boolean isInWindow(long now) {
    return now >= windowFrom && now < windowTo;
  }

  private void time(Histogram histogram, long message, long now) {
    var intended = intendedAt.get(message);
    if (isInWindow(intended))
      histogram.recordValue(Math.clamp((now - intended) / 1000, 1, LONGEST_MICROS));
  }

  long unanswered() {
    return sent - answered;
  }

  /// The verdict; call it after the run has settled.
  ///
  /// @param unseen acknowledged entries that a member has not received, summed over all members
  Verdict verdict(long unseen) {
    return new Verdict(
        sent, lost, repeated, contradicted, unanswered(), unseen, hungUp, Map.copyOf(refusals));
  }

  /// The broken promises of a run.
  record Verdict(
      long sent,
      long lost,
      long repeatedOrDisordered,
      long contradicted,
      long unanswered,
      long unseen,
      long hungUp,
      Map<String, Long> refusals) {

    boolean isKept() {
      return lost + repeatedOrDisordered + contradicted + unanswered + unseen + hungUp == 0
          && refusals.isEmpty();
    }
  }
}
