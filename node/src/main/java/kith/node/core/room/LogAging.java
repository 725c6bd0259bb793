package kith.node.core.room;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.protocol.rest.RoomRequests.Retention;

/// Finds and destroys entries that a room's retention does not keep, and seals the oldest of the
/// rest into segments.
///
/// It is done in two steps: the room hides a prefix of its log with an entry of its own,
/// [RoomEvent.Truncated], and after a grace time the hidden entries are destroyed. Both can be
/// interrupted at any point: the next search finds the remaining entries.
public interface LogAging {
  /// @param isUrgent the interval since the last removal does not matter
  record Question(
      String room, Retention limits, long first, long lastSeq, Instant now, boolean isUrgent) {}

  sealed interface Finding {}

  /// The room has to record a new beginning of its readable log.
  ///
  /// @param messages the number of messages before it
  record Hide(long first, Optional<Long> messages) implements Finding {}

  /// The entries before `before` have been hidden for long enough.
  ///
  /// @param hiddenBy the entry that hid them
  record Destroy(long before, long hiddenBy) implements Finding {}

  /// The entries up to `to` are old enough for segments.
  record Seal(long to) implements Finding {}

  /// There is nothing to do before the time at which the room will be asked again.
  record Rest() implements Finding {}

  CompletionStage<Finding> look(Question question);

  /// Destroys some of the hidden entries, the oldest first, and the rows that projections have for
  /// them.
  ///
  /// @param state is stored as a snapshot if the room could not recover without these entries
  CompletionStage<Step> destroy(String room, RoomState state, Destroy hidden);

  /// Moves some of the old entries from the journal to a segment, the oldest first.
  ///
  /// @param state is stored as a snapshot if the room could not recover without these entries
  CompletionStage<Step> seal(String room, RoomState state, Seal old);

  /// @param isDone none of the entries that were found is left
  record Step(int entries, boolean isDone) {}

  /// The entries that a retention would remove.
  ///
  /// @param first the first entry that would stay
  /// @param oldest when that was written; empty if no entry would stay
  /// @param bytes the size of the removed entries
  record Preview(long entries, long messages, long bytes, long first, Optional<Instant> oldest) {}

  CompletionStage<Preview> preview(String room, Retention limits, Instant now);
}
