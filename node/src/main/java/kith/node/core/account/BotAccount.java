package kith.node.core.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of an account that only bots have: an owner, and tokens instead of a password.
///
/// @param tokens by the ids that they have as devices, which contain the hashes of their secrets
public record BotAccount(String owner, Map<String, Token> tokens) {
  public BotAccount {
    tokens = Map.copyOf(tokens);
  }

  /// The permissions of a token.
  ///
  /// @param write whether it may do more than read
  /// @param rooms to which it is limited; absent: all rooms of the bot
  public record Grant(boolean write, Optional<List<String>> rooms) {
    public Grant {
      rooms = rooms.map(List::copyOf);
    }

    /// True if this room may be read.
    public boolean covers(String room) {
      return rooms.map(list -> list.contains(room)).orElse(true);
    }
  }

  /// @param lastUsed to the hour
  public record Token(String name, Grant grant, Instant created, Optional<Instant> lastUsed) {
    Token usedAt(Instant at) {
      return new Token(name, grant, created, Optional.of(at));
    }
  }

  BotAccount with(String id, Token token) {
    var changed = new HashMap<>(tokens);
    changed.put(id, token);
    return new BotAccount(owner, changed);
  }

  BotAccount without(String id) {
    var changed = new HashMap<>(tokens);
    changed.remove(id);
    return new BotAccount(owner, changed);
  }
}
