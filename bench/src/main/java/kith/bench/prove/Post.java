package kith.bench.prove;

import java.util.List;
import java.util.OptionalLong;

/// A writer's message with all answers to it.
///
/// @param due when it was due to be sent, in milliseconds of the run
/// @param sent how many times it was sent
/// @param refusals the codes of the errors that answered it
/// @param isAlone whether its writer sends the next one only after an answer to this one
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

  /// A refusal may have been sent to a connection that had ended. The post was then sent again,
  /// after later posts of the old connection.
  boolean mayBeOvertaken() {
    return !isAlone && (sent > 1 || !refusals.isEmpty());
  }

  boolean isAcknowledged() {
    return !acks.isEmpty();
  }

  /// Time from when it was due until its writer received the first ack.
  OptionalLong waited() {
    return isAcknowledged()
        ? OptionalLong.of(acks.getFirst().receivedAt() - due)
        : OptionalLong.empty();
  }
}
