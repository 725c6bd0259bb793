package kith.node.gateway.http;

import java.util.List;
import java.util.Set;
import kith.node.core.account.BotAccount;

/// The requests that a bot may make. All others are only for people.
final class BotRules {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  /// Parts of a room that only people change or see.
  private static final Set<String> OF_PEOPLE =
      Set.of("inbound", "invitations", "join-request", "join-requests", "mutes", "reports");

  private BotRules() {}

  /// @param path its segments
  static boolean isAllowed(String method, List<String> path, BotAccount.Grant grant) {
    boolean isReading = READING.contains(method);
    if (!isReading && !grant.write()) return false;
    if (path.size() < 2 || !path.getFirst().equals("v1")) return false;
    return switch (path.get(1)) {
      case "rooms" -> ofRooms(isReading, path, grant);
      case "files" -> true;
      case "users" -> isReading && (path.size() == 3 || path.getLast().equals("picture"));
      case "account" -> isReading && path.size() == 2;
      default -> false;
    };
  }

  private static boolean ofRooms(boolean isReading, List<String> path, BotAccount.Grant grant) {
    // the list of public rooms, and new rooms
    if (path.size() == 2) return isReading && grant.rooms().isEmpty();
    if (!grant.covers(path.get(2))) return false;
    // settings, and the end of the room
    if (path.size() == 3) return isReading;
    // a bot answers calls, and makes none: two bots that call each other would not end
    if (path.get(3).equals("calls")) return path.size() > 4;
    return !OF_PEOPLE.contains(path.get(3));
  }
}
