package kith.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What was sent, acknowledged and delivered in the rooms of a run, and every promise that was
/// broken.
final class Ledger {
  private static final long LONGEST_MICROS = 600_000_000;

  private final List<RoomBook> books = new ArrayList<>();

  // by message number, from 1; messages are numbered as they are sent
  private final Longs intendedAt = new Longs();
  private final Longs senders = new Longs();
  private final Longs acknowledgedAs = new Longs();
  private final Longs committedAs = new Longs();
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

  /// What was counted in the window of one measurement.
  record Tally(long accepted, long deliveries, Histogram acks, Histogram delays) {}

  private static Histogram histogram() {
    return new Histogram(1, LONGEST_MICROS, 3);
  }

  /// What is known of the run's room `index`.
  RoomBook book(int index) {
    while (books.size() <= index) books.add(new RoomBook());
    return books.get(index);
  }

  /// Counts what happens from `from` to `to`, and times what was meant to be sent in that time,
  /// also when its answer comes later.
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

  /// The number of a message that was meant to be sent at `intended`.
  long sent(int sender, long intended) {
    sent++;
    intendedAt.set(sent, intended);
    senders.set(sent, sender);
    return sent;
  }

  void acknowledged(Place place, long message, long seq, long now) {
    if (acknowledgedAs.get(message) != 0) repeated++;
    else answered++;
    acknowledgedAs.set(message, seq);
    if (senders.get(message) != place.member()) contradicted++;
    commit(place.book(), message, seq);
    place.book().acknowledged(seq);
    if (isInWindow(now)) accepted++;
    time(acks, message, now);
  }

  void refused(String code, long message) {
    refusals.merge(code, 1L, Long::sum);
    if (message > 0) answered++;
  }

  void entries(Place place, byte[] buffer, int from, int to, long now) {
    var batch = place.book().batch(place.seq(), buffer, from, to);
    if (!batch.isChecked()) {
      batch.checked();
      for (int i = 0; i < batch.seqs().length; i++)
        if (batch.messages()[i] > 0) commit(place.book(), batch.messages()[i], batch.seqs()[i]);
    }
    deliver(place, batch, now);
  }

  /// A message came on a connection whose server does not say its place: the next one, then.
  /// Returns whether it is the member's own, which is its ack.
  boolean message(Place place, long message, long now) {
    var seq = place.seq() + 1;
    commit(place.book(), message, seq);
    place.advance(seq);
    if (isInWindow(now)) deliveries++;
    var isOwn = senders.get(message) == place.member();
    if (isOwn) acknowledged(place, message, seq, now);
    else time(delays, message, now);
    return isOwn;
  }

  private void deliver(Place place, Batch batch, long now) {
    for (int i = 0; i < batch.seqs().length; i++) {
      var missing = place.advance(batch.seqs()[i]);
      if (missing > 0) lost += missing;
      if (missing < 0) repeated++;
      var message = batch.messages()[i];
      if (message > 0 && senders.get(message) != place.member()) time(delays, message, now);
    }
    if (isInWindow(now)) deliveries += batch.seqs().length;
  }

  /// A message has one place, and a place one message, whoever says so.
  private void commit(RoomBook book, long message, long seq) {
    var committed = committedAs.get(message);
    var occupant = book.message(seq);
    if (message > sent
        || (committed != 0 && committed != seq)
        || (occupant != 0 && occupant != message)) contradicted++;
    committedAs.set(message, seq);
    book.holds(seq, message);
  }

  void hungUp() {
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

  /// The verdict, once all is quiet.
  ///
  /// @param unseen acknowledged entries that a member has not seen, over all members
  Verdict verdict(long unseen) {
    return new Verdict(
        sent, lost, repeated, contradicted, unanswered(), unseen, hungUp, Map.copyOf(refusals));
  }

  /// What a run found out about the node's promises.
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
