package kith.node.feature.conversations;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kith.node.core.room.Room;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomRules;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import kith.protocol.Visibility;

/// Rooms of two people, whose id follows from who they are: both find the same one, also when both
/// begin it in the same moment.
public final class Conversations {
  private Conversations() {}

  private static final String PREFIX = "dm-";

  /// Whoever knows both names knows the id too. It says nothing: to a third one the room is not
  /// there, whether it is or not.
  public static String id(String one, String other) {
    // no name contains a slash
    var both = String.join("/", sorted(one, other));
    return PREFIX + new BigInteger(1, sha256(both)).toString(36);
  }

  public static List<String> sorted(String one, String other) {
    return Stream.of(one, other).sorted().toList();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }

  /// Whoever begins a conversation that is there already is in it.
  public static RoomRules.Decision begin(RoomState room, Room.Converse asked, Instant now) {
    if (room.phase() != RoomState.Phase.ABSENT)
      return room.isOpen() && room.isMember(asked.by())
          ? new RoomRules.Decided()
          : new RoomRules.Refused(Code.UNKNOWN_ROOM);
    return new RoomRules.Decided(
        new RoomEvent.Created(
            asked.by(),
            now,
            "",
            "",
            Visibility.DIRECT,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(sorted(asked.by(), asked.with()))));
  }

  public static boolean is(RoomState room) {
    return room.settings().visibility() == Visibility.DIRECT;
  }

  /// The other one, as long as there is one.
  public static Optional<String> with(RoomState room, String user) {
    return is(room)
        ? room.members().keySet().stream().filter(member -> !member.equals(user)).findFirst()
        : Optional.empty();
  }
}
