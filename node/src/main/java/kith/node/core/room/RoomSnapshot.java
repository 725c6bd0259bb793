package kith.node.core.room;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.serialization.CborSerializable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

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

  static RoomSnapshot of(RoomState room) {
    return new RoomSnapshot(
        room.phase(),
        room.lastSeq(),
        room.settings(),
        room.created(),
        new HashMap<>(room.members()),
        Set.copyOf(room.bans()),
        new HashMap<>(room.invitations()),
        room.recent().generations().stream().map(DedupGeneration::packed).toList(),
        Optional.of(room.tally()));
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
        new RecentPosts(posts.stream().map(DedupGeneration::unpacked).toList()),
        tally.orElse(Tally.NONE),
        bounds);
  }
}
