package kith.terminal.model;

import java.util.List;

/// One of the servers of the window.
///
/// @param seat its number in this window
/// @param name different from those of the others in this window
/// @param isShown in front of the others
/// @param unread the number of unread messages in rooms that are not muted
/// @param mentions how many of them mention the user or are in a direct conversation
/// @param unsent the number of messages that wait for an answer
/// @param rooms those of another server; empty for the shown one
public record OpenServer(
    int seat,
    String name,
    State state,
    boolean isShown,
    int unread,
    int mentions,
    long unsent,
    List<OtherRoom> rooms) {

  public enum State {
    ONLINE,
    /// The connection is being made, or tried again.
    OFFLINE,
    /// The server refused the login.
    REFUSED,
    LOGGED_OUT
  }

  /// @param needsAttention it has unread messages and is not muted, or mentions the user
  public record OtherRoom(String id, String name, boolean needsAttention) {}

  public OpenServer {
    rooms = List.copyOf(rooms);
  }

  /// Whether its unread messages need the user's attention.
  public boolean needsAttention() {
    return rooms.stream().anyMatch(OtherRoom::needsAttention);
  }
}
