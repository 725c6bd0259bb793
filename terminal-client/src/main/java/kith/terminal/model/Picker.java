package kith.terminal.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A list to choose from. Typed text narrows it.
///
/// @param room the room of the list; empty without a room
/// @param subject the user that a list of actions is about; empty for other lists
/// @param items absent while they load
/// @param chosen the index in `matching`
public record Picker(
    Kind kind, String room, String subject, Optional<List<Item>> items, String query, int chosen) {

  public enum Kind {
    /// for a user without rooms
    START,
    /// the user's rooms and the public ones
    ROOMS,
    MEMBERS,
    /// the acts on one member
    MEMBER,
    INVITATIONS,
    BANS,
    REPORTS,
    JOINS,
    MUTES,
    PINS,
    BOOKMARKS,
    THREADS,
    REMINDERS,
    DEVICES,
    BLOCKED,
    /// the acts of server administrators
    ADMIN,
    /// accounts of the server; `room` is the text that they were searched for
    ACCOUNTS,
    /// the acts on one account, which is `room`
    ACCOUNT,
    /// like `ACCOUNTS`
    ALL_ROOMS,
    /// the acts on one room; the user need not be a member
    ANY_ROOM,
    NETWORK_BANS,
    ANNOUNCEMENTS,
    /// the servers of the window
    SERVERS,
    SETTINGS;

    public boolean isAboutRoom() {
      return switch (this) {
        case MEMBERS, MEMBER, INVITATIONS, BANS, REPORTS, JOINS, MUTES, PINS -> true;
        case START,
            ROOMS,
            BOOKMARKS,
            THREADS,
            REMINDERS,
            DEVICES,
            BLOCKED,
            ADMIN,
            ACCOUNTS,
            ACCOUNT,
            ALL_ROOMS,
            ANY_ROOM,
            NETWORK_BANS,
            ANNOUNCEMENTS,
            SERVERS,
            SETTINGS ->
            false;
      };
    }
  }

  /// @param detail shown beside the label and not searched
  /// @param needsText the command needs more than this choice
  public record Item(String id, String label, String detail, boolean needsText) {
    public Item(String id, String label, String detail) {
      this(id, label, detail, false);
    }

    /// The present value of a setting, and the others that it can have: `on (or off)`.
    public static String value(String present, List<String> all) {
      var others = all.stream().filter(it -> !it.equals(present)).toList();
      return others.isEmpty() ? present : present + " (or " + String.join(", ", others) + ")";
    }
  }

  public Picker {
    items = items.map(List::copyOf);
  }

  public static Picker loading(Kind kind, String room) {
    return new Picker(kind, room, "", Optional.empty(), "", 0);
  }

  public static Picker ofMember(String room, String user, List<Item> actions) {
    return new Picker(Kind.MEMBER, room, user, Optional.of(actions), "", 0);
  }

  /// The choice stays within the list, which may have become shorter.
  public Picker with(List<Item> newItems) {
    return new Picker(kind, room, subject, Optional.of(newItems), query, chosen).choosing(chosen);
  }

  public Picker asking(String newQuery) {
    return new Picker(kind, room, subject, items, newQuery, 0);
  }

  public Picker choosing(int index) {
    int last = Math.max(0, matching().size() - 1);
    return new Picker(kind, room, subject, items, query, Math.clamp(index, 0, last));
  }

  /// The items that match the query, the best first.
  public List<Item> matching() {
    var all = items.orElse(List.of());
    if (query.isBlank()) return all;
    record Found(Item item, Fuzzy.Match match) {}
    var found =
        all.stream()
            .flatMap(item ->
                Fuzzy.match(item.label(), query).map(match -> new Found(item, match)).stream())
            .sorted(Comparator.comparing(Found::match))
            .toList();
    boolean isClear = found.stream().anyMatch(it -> Fuzzy.isClear(it.match()));
    return found.stream()
        .filter(it -> !isClear || it.match().kind() != Fuzzy.Kind.SCATTERED)
        .map(Found::item)
        .toList();
  }

  public Optional<Item> choice() {
    return matching().stream().skip(chosen).findFirst();
  }
}
