package kith.node.room;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.CborSerializable;
import kith.node.room.RecentPosts.Generation;
import kith.node.room.RecentPosts.Key;
import kith.node.room.RecentPosts.Remembered;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.TreePVector;

/// A room's state as it is kept, apart from how it is held in memory. The bounds are not kept: they
/// are the node's.
///
/// @param posts the posts remembered, in portions from old to new, 40 bytes each: key, seq, time,
///   what was meant
/// @param tally absent in what was written before there was an inbox
record RoomSnapshot(
    RoomState.Phase phase,
    long lastSeq,
    RoomState.Settings settings,
    Instant created,
    Map<String, RoomState.Member> members,
    Set<String> bans,
    Map<String, RoomState.Invitation> invitations,
    List<byte[]> posts,
    Optional<Tally> tally)
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
        room.recent().generations().stream().map(some -> packed(some.posts())).toList(),
        Optional.of(room.tally()));
  }

  RoomState restored(RoomState.Bounds bounds) {
    var generations = posts.stream().map(RoomSnapshot::unpacked).toList();
    return new RoomState(
        phase,
        lastSeq,
        settings,
        created,
        HashTreePMap.from(members),
        HashTreePSet.from(List.copyOf(bans)),
        HashTreePMap.from(invitations),
        new RecentPosts(TreePVector.from(generations)),
        tally.orElse(Tally.NONE),
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

  private static Generation unpacked(byte[] posts) {
    var bytes = ByteBuffer.wrap(posts);
    var map = new HashMap<Key, Remembered>();
    var since = Long.MAX_VALUE;
    while (bytes.remaining() >= POST_BYTES) {
      var key = new Key(bytes.getLong(), bytes.getLong());
      var post = new Remembered(bytes.getLong(), bytes.getLong(), bytes.getLong());
      since = Math.min(since, post.atMillis());
      map.put(key, post);
    }
    return new Generation(Instant.ofEpochMilli(since), HashTreePMap.from(map));
  }
}
