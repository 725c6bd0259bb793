package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Requests and answers about bots and their tokens.
public final class Bots {
  private Bots() {}

  /// @param name the user name of the new account
  public record CreateBot(String name) {}

  public record Bot(String user) {}

  /// In order of name.
  ///
  /// @param next the `after` of the next page
  public record BotList(List<Bot> bots, Optional<String> next) {
    public BotList {
      bots = List.copyOf(bots);
    }
  }

  /// @param name a label for its owner
  /// @param write whether it may do more than read
  /// @param rooms to which it is limited; absent means all rooms of the bot
  public record CreateBotToken(String name, boolean write, Optional<List<String>> rooms) {
    public CreateBotToken {
      rooms = rooms.map(List::copyOf);
    }
  }

  /// @param id with which its owner ends it
  /// @param lastUsed to the hour; absent if it has not been used
  /// @param token contained only in the answer that creates it
  public record BotToken(
      String id,
      String name,
      boolean write,
      Optional<List<String>> rooms,
      Instant created,
      Optional<Instant> lastUsed,
      Optional<String> token) {
    public BotToken {
      rooms = rooms.map(List::copyOf);
    }
  }

  public record BotTokenList(List<BotToken> tokens) {
    public BotTokenList {
      tokens = List.copyOf(tokens);
    }
  }
}
