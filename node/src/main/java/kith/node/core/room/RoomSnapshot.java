package kith.node.core.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.serialization.CborSerializable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

/// A room's state as it is stored, independent of its form in memory. The bounds are not stored:
/// they are settings of the node.
///
/// @param posts the latest remembered posts, in generations from old to new, 40 bytes each: key,
///   seq, time, meaning
/// @param tally absent in snapshots written before the inbox existed
/// @param older the older remembered posts, in the form of [SealedGeneration]; absent in snapshots
///   of releases that kept all posts in `posts`
/// @param lastWords not written unless the room is in slow mode
record RoomSnapshot(
    RoomState.Phase phase,
    long lastSeq,
    RoomState.Settings settings,
    Instant created,
    Map<String, RoomState.Member> members,
    Set<String> bans,
    Map<String, RoomState.Invitation> invitations,
    List<byte[]> posts,
    Optional<Tally> tally,
    Optional<List<byte[]>> older,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Map<String, Instant>> lastWords)
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
        room.recent().latest().stream().map(DedupGeneration::packed).toList(),
        Optional.of(room.tally()),
        Optional.of(room.recent().older().stream().map(SealedGeneration::packed).toList()),
        Optional.<Map<String, Instant>>of(new HashMap<>(room.lastWords()))
            .filter(words -> !words.isEmpty()));
  }

  /// Without the text of a message that was redacted later.
  RoomSnapshot without(long message) {
    return new RoomSnapshot(
        phase,
        lastSeq,
        settings,
        created,
        members,
        bans,
        invitations,
        posts,
        tally.map(it -> it.redacted(message)),
        older,
        lastWords);
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
        new RecentPosts(
            posts.stream().map(DedupGeneration::unpacked).toList(),
            older.orElse(List.of()).stream().map(SealedGeneration::unpacked).toList()),
        tally.orElse(Tally.NONE),
        HashTreePMap.from(lastWords.orElse(Map.of())),
        bounds);
  }
}
