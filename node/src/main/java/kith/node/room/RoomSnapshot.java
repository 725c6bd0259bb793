package kith.node.room;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.CborSerializable;
import kith.node.room.RecentPosts.Key;
import kith.node.room.RecentPosts.Remembered;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;

/// A room's state as it is kept, apart from how it is held in memory. The bounds are not kept: they
/// are the node's.
///
/// @param newer the posts remembered, 40 bytes each: key, seq, time, what was meant
record RoomSnapshot(
    RoomState.Phase phase,
    long lastSeq,
    RoomState.Settings settings,
    Instant created,
    Map<String, RoomState.Member> members,
    Set<String> bans,
    Map<String, RoomState.Invitation> invitations,
    byte[] newer,
    byte[] older,
    Optional<Instant> since)
    implements CborSerializable {

  private static final int POST_BYTES = 40;

  static RoomSnapshot of(RoomState room) {
    return new RoomSnapshot(
        room.phase(),
        room.lastSeq(),
        room.settings(),
        room.created(),
        new HashMap<>(room.members()),
        Set.copyOf(room.bans()),
        new HashMap<>(room.invitations()),
        packed(room.recent().newer()),
        packed(room.recent().older()),
        room.recent().since());
  }

  RoomState restored(RoomState.Bounds bounds) {
    return new RoomState(
        phase,
        lastSeq,
        settings,
        created,
        HashTreePMap.from(members),
        HashTreePSet.from(List.copyOf(bans)),
        HashTreePMap.from(invitations),
        new RecentPosts(unpacked(newer), unpacked(older), since),
        bounds);
  }

  private static byte[] packed(PMap<Key, Remembered> posts) {
    var bytes = ByteBuffer.allocate(posts.size() * POST_BYTES);
    posts.forEach((key, post) ->
        bytes
            .putLong(key.high())
            .putLong(key.low())
            .putLong(post.seq())
            .putLong(post.atMillis())
            .putLong(post.meant()));
    return bytes.array();
  }

  private static PMap<Key, Remembered> unpacked(byte[] posts) {
    var bytes = ByteBuffer.wrap(posts);
    var map = new HashMap<Key, Remembered>();
    while (bytes.remaining() >= POST_BYTES)
      map.put(
          new Key(bytes.getLong(), bytes.getLong()),
          new Remembered(bytes.getLong(), bytes.getLong(), bytes.getLong()));
    return HashTreePMap.from(map);
  }
}
