package kith.node.core.room;

/// The owner of a bot: a user, or the server if administrators created it.
public final class BotOwner {
  /// No user name begins like this.
  public static final String SERVER = "@server";

  private BotOwner() {}

  public static boolean isServer(String owner) {
    return owner.equals(SERVER);
  }
}
