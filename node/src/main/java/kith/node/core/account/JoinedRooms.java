package kith.node.core.account;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.core.room.Place;
import kith.protocol.Code;

/// The rooms of an account: those it is a member of, as far as it knows, and the joins and leaves
/// whose outcome it does not know yet.
///
/// @param places the positions of the rooms when the account joined, of rooms that reported one
record JoinedRooms(
    Set<String> joined, Map<String, Intent> intents, Optional<Map<String, Place>> places) {

  enum Intent {
    JOIN,
    LEAVE
  }

  static final JoinedRooms NONE = new JoinedRooms(Set.of(), Map.of(), Optional.empty());

  JoinedRooms {
    joined = Set.copyOf(joined);
    intents = Map.copyOf(intents);
    places = places.map(Map::copyOf);
  }

  /// A refusal if one more room would be too many. Rooms with an open join or leave count.
  ///
  /// @param isExempt true for rooms that do not count
  Optional<Code> whyNotJoin(String room, int most, Predicate<String> isExempt) {
    long others =
        Stream.concat(joined.stream(), intents.keySet().stream())
            .filter(Predicate.not(room::equals))
            .filter(Predicate.not(isExempt))
            .distinct()
            .count();
    return others >= most ? Optional.of(Code.TOO_MANY_ROOMS) : Optional.empty();
  }

  boolean concern(String room) {
    return joined.contains(room) || intents.containsKey(room);
  }

  /// True if this membership is known already and no join or leave is open.
  boolean isSettled(String room, boolean member) {
    return !intents.containsKey(room) && joined.contains(room) == member;
  }

  List<String> sorted() {
    return joined.stream().sorted().toList();
  }

  JoinedRooms intending(String room, Intent intent) {
    var changed = new HashMap<>(intents);
    changed.put(room, intent);
    return new JoinedRooms(joined, changed, places);
  }

  Map<String, Place> allPlaces() {
    return places.orElse(Map.of());
  }

  JoinedRooms settled(String room, boolean member, Optional<Place> joinedAt) {
    var rooms = new HashSet<>(joined);
    if (member) rooms.add(room);
    else rooms.remove(room);
    var open = new HashMap<>(intents);
    open.remove(room);
    var known = new HashMap<>(allPlaces());
    if (!member) known.remove(room);
    joinedAt.ifPresent(place -> known.put(room, place));
    return new JoinedRooms(
        rooms, open, Optional.<Map<String, Place>>of(known).filter(it -> !it.isEmpty()));
  }

  JoinedRooms leavingAll() {
    return new JoinedRooms(
        joined,
        Stream.concat(joined.stream(), intents.keySet().stream())
            .distinct()
            .collect(Collectors.toMap(Function.identity(), _ -> Intent.LEAVE)),
        places);
  }
}
