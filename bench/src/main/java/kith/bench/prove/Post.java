package kith.bench.prove;

import java.util.List;
import java.util.OptionalLong;

/// A message that a writer had to send, and every answer it got.
///
/// @param due when it should have been sent, in milliseconds of the run
/// @param sent how many times it was sent
/// @param refusals the codes of the errors it was answered with
/// @param isAlone whether its writer says the next one only when this one is answered
record Post(
    String writer,
    String id,
    String body,
    long due,
    int sent,
    List<Ack> acks,
    List<String> refusals,
    boolean isAlone) {
  Post {
    acks = List.copyOf(acks);
    refusals = List.copyOf(refusals);
  }

  /// A refusal may have been said to a connection that was gone: then it was sent again, and came
  /// behind what the old connection had said after it.
  boolean mayBeOvertaken() {
    return !isAlone && (sent > 1 || !refusals.isEmpty());
  }

  boolean isAcknowledged() {
    return !acks.isEmpty();
  }

  /// How long its writer waited from when it was due until it was known to be kept.
  OptionalLong waited() {
    return isAcknowledged() ? OptionalLong.of(acks.getFirst().heard() - due) : OptionalLong.empty();
  }
}
