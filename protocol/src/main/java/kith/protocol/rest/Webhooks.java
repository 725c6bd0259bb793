package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;

/// Webhooks of rooms, and the couriers that deliver to them.
public final class Webhooks {
  private Webhooks() {}

  /// @param kinds types of entries; messages, edits and redactions if absent
  public record CreateWebhook(String url, Optional<List<String>> kinds) {
    public CreateWebhook {
      kinds = kinds.map(List::copyOf);
    }
  }

  /// @param state `active`, `dead` (it failed for too long) or `ended` (its creator may not have
  ///   it)
  /// @param position the last entry that it has received or that is not sent to it
  /// @param reason the reason why its receiver gets nothing at present
  /// @param failures in a row
  /// @param since the time at which it began to fail, was given up or ended
  /// @param nextTry the earliest time of the next attempt
  /// @param delivered the time at which the receiver last accepted an entry
  /// @param secret signs the requests; present only in the answer to the creation
  public record Webhook(
      String webhook,
      String url,
      List<String> kinds,
      String by,
      Instant created,
      String state,
      long position,
      Optional<String> reason,
      int failures,
      Optional<Instant> since,
      Optional<Instant> nextTry,
      Optional<Instant> delivered,
      Optional<String> secret) {
    public Webhook {
      kinds = List.copyOf(kinds);
    }
  }

  /// @param most webhooks that a room may have
  public record RoomWebhooks(List<Webhook> webhooks, int most) {
    public RoomWebhooks {
      webhooks = List.copyOf(webhooks);
    }
  }

  /// Sends everything after this entry again.
  public record ReplayWebhook(long after) {}

  /// The body of a request to a receiver.
  ///
  /// @param type of the entry
  /// @param timestamp of the entry
  public record WebhookEvent(String type, Instant timestamp, EventData data) {}

  /// @param id of the event, the same whenever it is sent
  /// @param gapFrom the first entry that no longer exists, if the room does not keep all entries
  ///   between the previous event and this one
  public record EventData(String id, String room, long seq, OptionalLong gapFrom, Entry entry) {}

  /// A courier as administrators see it: without the path of the receiver, which may be secret.
  ///
  /// @param kind `webhook`, or the kind of a receiver of notifications
  /// @param room absent for a receiver of notifications
  /// @param host of the receiver
  /// @param lag entries of the room that the receiver has not received
  /// @param behindSeconds the age of the first of them
  public record Courier(
      String courier,
      String kind,
      Optional<String> room,
      String by,
      String host,
      String state,
      long position,
      long lag,
      double behindSeconds,
      Optional<String> reason,
      int failures,
      Optional<Instant> since,
      Optional<Instant> nextTry,
      Optional<Instant> delivered) {}

  public record Couriers(List<Courier> couriers) {
    public Couriers {
      couriers = List.copyOf(couriers);
    }
  }
}
