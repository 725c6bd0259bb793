package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Requests and answers about incoming webhooks.
public final class InboundHooks {
  private InboundHooks() {}

  /// @param name shown as the sender, in the form of a user name
  public record CreateInboundHook(String name) {}

  /// @param by the owner of the room who made it
  /// @param lastUsed to the minute; absent if it has not been used
  /// @param token contained only in the answer that creates it
  public record InboundHook(
      String hook,
      String name,
      String by,
      Instant created,
      Optional<Instant> lastUsed,
      Optional<String> token) {}

  public record InboundHookList(List<InboundHook> hooks) {
    public InboundHookList {
      hooks = List.copyOf(hooks);
    }
  }

  /// A message in this server's own format.
  public record HookMessage(String body) {}

  /// The place of a hook's message in the log of its room.
  public record HookPosted(String room, long seq) {}
}
