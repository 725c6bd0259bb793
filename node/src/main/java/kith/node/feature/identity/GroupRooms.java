package kith.node.feature.identity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.core.account.PartState;

/// The rooms of an account by its groups at identity providers. Rooms that the user has joined are
/// kept apart.
///
/// @param byRoom at most as many as the settings name
record GroupRooms(Map<String, GroupRoom> byRoom) implements PartState {

  enum Standing {
    /// The account is to become a member.
    WANTED,

    /// The account is a member because of a group.
    ENTERED,

    /// The account had joined itself before, or has left or was removed since. The membership stays
    /// unchanged.
    OWN,

    /// No group gives the room any more, so the account is to leave it.
    LEAVING
  }

  /// @param providers whose groups give the room
  record GroupRoom(Standing standing, Set<String> providers) {
    GroupRoom {
      providers = Set.copyOf(providers);
    }

    GroupRoom as(Standing other) {
      return new GroupRoom(other, providers);
    }
  }

  /// The rooms as they are from now on.
  record GroupRoomsChanged(Map<String, GroupRoom> byRoom)
      implements AccountEvent.PartEvent<GroupRooms> {
    GroupRoomsChanged {
      byRoom = Map.copyOf(byRoom);
    }

    @Override
    public PartKey<GroupRooms> part() {
      return KEY;
    }

    @Override
    public GroupRooms applyTo(GroupRooms rooms) {
      return new GroupRooms(byRoom);
    }
  }

  static final PartKey<GroupRooms> KEY =
      new PartKey<>("group-rooms", GroupRooms.class, new GroupRooms(Map.of()));

  GroupRooms {
    byRoom = Map.copyOf(byRoom);
  }

  static GroupRooms of(AccountState state) {
    return state.part(KEY);
  }

  /// The rooms that the account has to enter or leave.
  Map<String, Standing> open() {
    return byRoom.entrySet().stream()
        .filter(it -> isOpen(it.getValue().standing()))
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().standing()));
  }

  private static boolean isOpen(Standing standing) {
    return standing == Standing.WANTED || standing == Standing.LEAVING;
  }

  Optional<Standing> standing(String room) {
    return Optional.ofNullable(byRoom.get(room)).map(GroupRoom::standing);
  }

  /// A provider has reported the groups of the user. Empty if that changes nothing.
  ///
  /// @param given the rooms of these groups
  /// @param isMember whether the account is a member of a room now
  Optional<GroupRoomsChanged> given(
      String provider, Set<String> given, Predicate<String> isMember) {
    var all = new HashSet<>(byRoom.keySet());
    all.addAll(given);
    var changed = new HashMap<String, GroupRoom>();
    for (var room : all)
      after(room, provider, given.contains(room), isMember.test(room))
          .ifPresent(it -> changed.put(room, it));
    return changed.equals(byRoom) ? Optional.empty() : Optional.of(new GroupRoomsChanged(changed));
  }

  private Optional<GroupRoom> after(
      String room, String provider, boolean isGiven, boolean isMember) {
    var before = Optional.ofNullable(byRoom.get(room));
    var providers = new HashSet<>(before.map(GroupRoom::providers).orElse(Set.of()));
    if (isGiven) providers.add(provider);
    else providers.remove(provider);
    if (before.isEmpty())
      return Optional.of(new GroupRoom(isMember ? Standing.OWN : Standing.WANTED, providers));
    var standing = before.get().standing();
    if (providers.isEmpty())
      return standing == Standing.OWN
          ? Optional.empty()
          : Optional.of(new GroupRoom(Standing.LEAVING, providers));
    if (standing == Standing.LEAVING) standing = isMember ? Standing.ENTERED : Standing.WANTED;
    return Optional.of(new GroupRoom(standing, providers));
  }

  GroupRoomsChanged with(String room, Standing standing) {
    var changed = new HashMap<>(byRoom);
    changed.computeIfPresent(room, (_, it) -> it.as(standing));
    return new GroupRoomsChanged(changed);
  }

  GroupRoomsChanged without(String room) {
    var changed = new HashMap<>(byRoom);
    changed.remove(room);
    return new GroupRoomsChanged(changed);
  }

  @Override
  public GroupRooms accountDeleted() {
    return KEY.none();
  }

  /// A join that the room has refused ends like this too; the account asks again later.
  @Override
  public GroupRooms left(String room) {
    return switch (standing(room).orElse(Standing.OWN)) {
      case ENTERED -> new GroupRooms(with(room, Standing.OWN).byRoom());
      case LEAVING -> new GroupRooms(without(room).byRoom());
      case WANTED, OWN -> this;
    };
  }

  @Override
  public boolean has(String room) {
    return standing(room).filter(it -> it != Standing.OWN).isPresent();
  }
}
