package kith.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// A client of Kith: says hello, opens its rooms, and from then on tells the ledger what comes.
///
/// What it posts and what is checked is of the first room; the others are only open.
final class KithTalk implements Talk, FrameScanner.Found {
  private static final byte[] ENTRIES = "{\"type\":\"entries\"".getBytes(StandardCharsets.US_ASCII);

  private final String token;
  private final List<String> rooms;
  private final OptionalLong after;
  private int incomplete;
  private boolean isLive;
  private long openedAt;
  private long openNanos;

  // the fields of the frame being read
  private String type = "";
  private String code = "";
  private long frameSeq;
  private long frameId;

  /// @param after where it has got to in the first room; otherwise it begins at the end
  KithTalk(String token, List<String> rooms, OptionalLong after) {
    this.token = token;
    this.rooms = rooms;
    this.after = after;
    this.incomplete = rooms.size();
  }

  static Words words(String room, List<String> bodies) {
    return Words.of(
        "{\"type\":\"send\",\"room\":\"" + room + "\",\"id\":\"",
        bodies.stream().map(body -> "\",\"body\":\"" + body + "\"}").toList());
  }

  @Override
  public String path() {
    return "/v1/socket";
  }

  @Override
  public String subprotocol() {
    return "kith.v1";
  }

  @Override
  public void begins(Peer peer) {
    after.ifPresent(peer.place()::startAfter);
    peer.say("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
  }

  @Override
  public void text(Peer peer, byte[] buffer, int from, int to, long now) {
    if (startsWith(buffer, from, to, ENTRIES)) {
      entries(peer, buffer, from, to, now);
      return;
    }
    type = code = "";
    frameSeq = frameId = -1;
    FrameScanner.scan(buffer, from, to, this);
    switch (type) {
      case "entries" -> entries(peer, buffer, from, to, now);
      case "ack" -> peer.acknowledged(frameId, frameSeq, now);
      case "welcome" -> open(peer);
      case "complete" -> complete(peer);
      case "error", "goodbye", "closed" -> peer.refused(code, frameId);
      default -> {}
    }
  }

  /// Before it is live only the first room can bring entries: the others are opened at their ends.
  private void entries(Peer peer, byte[] buffer, int from, int to, long now) {
    if (isLive || after.isPresent()) peer.entries(buffer, from, to, now);
  }

  /// How long it took from `open` to `complete`.
  long openNanos() {
    return openNanos;
  }

  private void open(Peer peer) {
    openedAt = System.nanoTime();
    for (var room : rooms) {
      var place = room.equals(rooms.getFirst()) && after.isPresent();
      peer.say(
          "{\"type\":\"open\",\"room\":\""
              + room
              + (place ? "\",\"after\":" + after.getAsLong() + "}" : "\"}"));
    }
    if (rooms.isEmpty()) peer.live();
  }

  private void complete(Peer peer) {
    if (isLive) return;
    // rooms open in any order; only one room matters where places are checked
    if (after.isEmpty()) peer.place().startAfter(frameSeq);
    if (--incomplete > 0) return;
    isLive = true;
    openNanos = System.nanoTime() - openedAt;
    peer.live();
  }

  private static boolean startsWith(byte[] buffer, int from, int to, byte[] start) {
    return to - from >= start.length
        && Arrays.equals(buffer, from, from + start.length, start, 0, start.length);
  }

  @Override
  public void field(FrameScanner.Field field, byte[] json, int from, int to) {
    switch (field) {
      case TYPE -> type = new String(json, from, to - from, StandardCharsets.UTF_8);
      case CODE -> code = new String(json, from, to - from, StandardCharsets.UTF_8);
      case SEQ -> frameSeq = FrameScanner.number(json, from, to);
      case ID -> frameId = FrameScanner.number(json, from, to);
    }
  }

  @Override
  public void entry(long seq, long id) {}
}
