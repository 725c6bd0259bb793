package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.rest.Threads;

/// The calls about threads.
public record ThreadCalls(Rest rest) {
  private static final String FOLLOWED = "/v1/account/threads";
  private static final int PAGE = 100;

  /// The largest number of entries for which threads can be requested at once.
  public static final int RANGE = 1_000;

  private static final int ALL = 1_000;

  /// The threads of the messages between two places, both inclusive.
  public Threads.RoomThreads counts(String room, long from, long to) {
    return rest.get(
        Rest.of(room) + "/threads?from=" + from + "&to=" + to, Threads.RoomThreads.class);
  }

  /// @param seq the first message of the thread, or any reply
  /// @param before the end of the page; absent for the latest replies
  public Threads.ThreadPage page(String room, long seq, OptionalLong before) {
    var query = "?limit=" + PAGE + (before.isEmpty() ? "" : "&before=" + before.getAsLong());
    return rest.get(Rest.of(room) + "/threads/" + seq + query, Threads.ThreadPage.class);
  }

  /// The followed threads, those with unread replies first.
  public Threads.FollowedThreads followed() {
    return rest.get(FOLLOWED + "?limit=" + ALL, Threads.FollowedThreads.class);
  }

  public void follow(String room, long seq) {
    rest.request("PUT", of(room, seq));
  }

  public void unfollow(String room, long root) {
    rest.request("DELETE", of(room, root));
  }

  public void read(String room, long root, long seq) {
    rest.request("PUT", of(room, root) + "/read", new Threads.ReadThread(seq));
  }

  private static String of(String room, long seq) {
    return FOLLOWED + "/" + Rest.part(room) + "/" + seq;
  }
}
