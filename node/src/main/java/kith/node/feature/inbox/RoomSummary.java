package kith.node.feature.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kith.node.core.room.Commit;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.node.core.room.Tally;
import kith.node.feature.mentions.Mention;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Visibility;

/// The state of a room at entry `seq`, as lists of rooms show it.
///
/// @param gone only users removed by the reported commits
/// @param mentions only new mentions, possibly again, or the result of a lookup
/// @param archived present if the room is archived
public record RoomSummary(
    String room,
    String name,
    Visibility visibility,
    long seq,
    Tally tally,
    List<Gone> gone,
    Optional<List<Mention>> mentions,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Boolean> archived)
    implements CborSerializable {
  public RoomSummary {
    gone = List.copyOf(gone);
  }

  public RoomSummary(
      String room, String name, Visibility visibility, long seq, Tally tally, List<Gone> gone) {
    this(room, name, visibility, seq, tally, gone, Optional.empty(), Optional.empty());
  }

  /// The user stopped being a member at entry `seq`.
  public record Gone(String user, long seq) implements CborSerializable {}

  public static RoomSummary of(String id, RoomState room) {
    var settings = room.settings();
    return new RoomSummary(
            id, settings.name(), settings.visibility(), room.lastSeq(), room.tally(), List.of())
        .archived(room.moderation().forbidsChanges());
  }

  public RoomSummary archived(boolean is) {
    return new RoomSummary(
        room,
        name,
        visibility,
        seq,
        tally,
        gone,
        mentions,
        is ? Optional.of(true) : Optional.empty());
  }

  /// The summary after a commit, with the users it removed and the mentions it added. A client that
  /// gets a new number of unread messages gets their mentions with it; the table of mentions, which
  /// is for later requests, is written afterwards.
  public static RoomSummary of(Commit commit) {
    var room = commit.after();
    var gone = new HashMap<String, Long>();
    var mentioned = new ArrayList<Mention>();
    var seq = commit.firstSeq() - 1;
    for (var event : commit.events()) {
      seq++;
      switch (event) {
        case RoomEvent.Posted it when it.mentions().isPresent() ->
            mentioned.add(new Mention(seq, it.by(), it.mentions().get()));
        case RoomEvent.Left it -> gone.put(it.by(), seq);
        case RoomEvent.Kicked it -> gone.put(it.user(), seq);
        case RoomEvent.Banned it -> gone.put(it.user(), seq);
        case RoomEvent ignored -> {}
      }
    }
    var summary = of(commit.room(), room).mentioning(mentioned);
    return gone.isEmpty() ? summary : summary.with(gone);
  }

  private RoomSummary with(Map<String, Long> seqByUser) {
    var all = seqByUser.entrySet().stream().map(it -> new Gone(it.getKey(), it.getValue()));
    return new RoomSummary(room, name, visibility, seq, tally, all.toList(), mentions, archived);
  }

  public RoomSummary mentioning(List<Mention> some) {
    return some.isEmpty()
        ? this
        : new RoomSummary(
            room, name, visibility, seq, tally, gone, Optional.of(List.copyOf(some)), archived);
  }

  /// Merges two summaries of one room.
  public RoomSummary and(RoomSummary other) {
    var later = (other.seq >= seq ? other : this).mentioning(bothMentions(other));
    if (gone.isEmpty() && other.gone.isEmpty()) return later;
    var all = new HashMap<String, Long>();
    gone.forEach(it -> all.put(it.user(), it.seq()));
    other.gone.forEach(it -> all.merge(it.user(), it.seq(), Math::max));
    return later.with(all);
  }

  private List<Mention> bothMentions(RoomSummary other) {
    return Stream.of(mentions, other.mentions)
        .flatMap(some -> some.orElse(List.of()).stream())
        .distinct()
        .toList();
  }
}
