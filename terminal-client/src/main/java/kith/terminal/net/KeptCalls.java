package kith.terminal.net;

import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.KeptMessages;

/// The calls about pinned messages and bookmarks.
public record KeptCalls(Rest rest) {
  private static final String BOOKMARKS = "/v1/account/bookmarks";

  public KeptMessages.RoomPins pins(String room, OptionalLong before, int limit) {
    return rest.get(Rest.of(room) + "/pins" + page(before, limit), KeptMessages.RoomPins.class);
  }

  public KeptMessages.Bookmarks bookmarks(OptionalLong before, int limit) {
    return rest.get(BOOKMARKS + page(before, limit), KeptMessages.Bookmarks.class);
  }

  public void bookmark(String room, long seq, Optional<String> note) {
    rest.request("PUT", bookmark(room, seq), new KeptMessages.PutBookmark(note));
  }

  public void removeBookmark(String room, long seq) {
    rest.request("DELETE", bookmark(room, seq));
  }

  private static String bookmark(String room, long seq) {
    return BOOKMARKS + "/" + Rest.part(room) + "/" + seq;
  }

  private static String page(OptionalLong before, int limit) {
    return "?limit=" + limit + (before.isEmpty() ? "" : "&before=" + before.getAsLong());
  }
}
