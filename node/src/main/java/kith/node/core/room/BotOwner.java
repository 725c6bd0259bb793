package kith.node.core.room;

/// Who answers for a bot: a user, or the server, whose administrators made it.
public final class BotOwner {
  /// No user name begins like this.
  public static final String SERVER = "@server";

  private BotOwner() {}

  public static boolean isServer(String owner) {
    return owner.equals(SERVER);
  }
}
