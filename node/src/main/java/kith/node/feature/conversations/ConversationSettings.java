package kith.node.feature.conversations;

import java.time.Duration;
import kith.node.platform.config.Section;
import kith.protocol.ConversationsFrom;

/// @param from who may begin a conversation with an account that has not chosen
public record ConversationSettings(int perAccount, ConversationsFrom from, Requests requests) {
  public static ConversationSettings read(Section in) {
    return new ConversationSettings(
        in.number("per-account", 1, 100_000),
        in.choice("from", ConversationsFrom.class),
        Requests.read(in.in("requests")));
  }

  /// Requests to begin a conversation.
  ///
  /// @param sent unanswered requests of an account
  /// @param received unanswered requests to an account
  /// @param lifetime of an unanswered request
  /// @param declined users whose declined requests an account remembers
  /// @param declinedFor the time for which it drops further requests of these users
  public record Requests(
      int sent, int received, Duration lifetime, int declined, Duration declinedFor) {
    private static Requests read(Section in) {
      return new Requests(
          // an account sends all of them to a node in one message
          in.number("sent", 1, 200),
          in.number("received", 1, 200),
          in.time("lifetime"),
          in.number("declined", 1, 10_000),
          in.time("declined-for"));
    }
  }
}
