package kith.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// The client side of Kith's protocol: sends `hello`, opens its rooms, and then records every entry
/// in the ledger.
///
/// It posts into and checks the first room only; the other rooms are just open.
final class KithProtocol implements ClientProtocol, FrameScanner.Found {
  private static final byte[] ENTRIES = "{\"type\":\"entries\"".getBytes(StandardCharsets.US_ASCII);

  private final String token;
  private final List<String> rooms;
  private final OptionalLong after;
  private int incomplete;
  private boolean isLive;
  private long openedAt;
  private long openNanos;

  // fields of the current frame
  private String type = "";
  private String code = "";
  private long frameSeq;
  private long frameId;

  /// @param after position in the first room; without it the client starts at the end
  KithProtocol(String token, List<String> rooms, OptionalLong after) {
    this.token = token;
    this.rooms = rooms;
    this.after = after;
    this.incomplete = rooms.size();
  }

  static MessageTemplate template(String room, List<String> bodies) {
    return MessageTemplate.of(
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
  public void onUpgraded(LoadClient client) {
    after.ifPresent(client.position()::startAfter);
    client.sendText("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
  }

  @Override
  public void onText(LoadClient client, byte[] buffer, int from, int to, long now) {
    if (startsWith(buffer, from, to, ENTRIES)) {
      entries(client, buffer, from, to, now);
      return;
    }
    type = code = "";
    frameSeq = frameId = -1;
    FrameScanner.scan(buffer, from, to, this);
    switch (type) {
      case "entries" -> entries(client, buffer, from, to, now);
      case "ack" -> client.acknowledged(frameId, frameSeq, now);
      case "welcome" -> open(client);
      case "complete" -> complete(client);
      case "error", "goodbye", "closed" -> client.refused(code, frameId);
      default -> {}
    }
  }

  /// Before the client is live, only the first room delivers entries: the others are opened at
  /// their ends.
  private void entries(LoadClient client, byte[] buffer, int from, int to, long now) {
    if (isLive || after.isPresent()) client.entries(buffer, from, to, now);
  }

  /// The time from `open` to `complete`.
  long openNanos() {
    return openNanos;
  }

  private void open(LoadClient client) {
    openedAt = System.nanoTime();
    for (var room : rooms) {
      var isResumed = room.equals(rooms.getFirst()) && after.isPresent();
      client.sendText(
          "{\"type\":\"open\",\"room\":\""
              + room
              + (isResumed ? "\",\"after\":" + after.getAsLong() + "}" : "\"}"));
    }
    if (rooms.isEmpty()) client.live();
  }

  private void complete(LoadClient client) {
    if (isLive) return;
    // rooms are opened in any order; only the first one is checked
    if (after.isEmpty()) client.position().startAfter(frameSeq);
    if (--incomplete > 0) return;
    isLive = true;
    openNanos = System.nanoTime() - openedAt;
    client.live();
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
