package kith.node.feature.reminders;

import java.time.Instant;
import java.util.Optional;

/// A reminder of an account: its subject and its time.
///
/// @param id chosen by the client
/// @param message at least one of `text` and `message` is present
record Reminder(
    String account, String id, Instant at, Optional<String> text, Optional<Message> message) {

  record Message(String room, long seq) {}
}
