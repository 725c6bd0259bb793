package kith.node.core.session;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import kith.node.platform.metrics.SessionMetrics;
import kith.protocol.Code;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import org.apache.pekko.util.ByteString;

/// The frames from a session to its client, limited by how many bytes the socket has not taken yet.
///
/// Above that window a session sends only answers, and received frames count as handled only when
/// there is room for an answer. So TCP slows down a client that sends and never reads.
public final class Outbound {
  private final SocketWriter socket;
  private final long window;
  private final SessionMetrics metrics;
  private int handledLater;

  public Outbound(SocketWriter socket, long window, SessionMetrics metrics) {
    this.socket = socket;
    this.window = window;
    this.metrics = metrics;
  }

  public boolean hasRoom() {
    return socket.unwritten() < window;
  }

  public void send(ServerFrame frame) {
    write(socket.encode(Json.bytes(frame)));
  }

  /// Sends frames in order until the socket takes no more.
  public void sendWhile(BooleanSupplier hasMore, Supplier<ServerFrame> next) {
    while (hasMore.getAsBoolean()) {
      if (!hasRoom()) {
        signalWhenDrained();
        return;
      }
      send(next.get());
    }
  }

  public void write(ByteString frames) {
    metrics.sent(frames.size());
    socket.write(frames);
  }

  public void problem(Code code, String message) {
    refuse(code, message, Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  /// Names the id and the room of the frame, as far as they could be read.
  public void malformed(Malformed fault) {
    refuse(fault.code(), fault.sentence(), fault.id(), fault.room(), OptionalLong.empty());
  }

  public void problem(Code code, String message, String id, String room) {
    problem(code, message, id, room, OptionalLong.empty());
  }

  public void problem(Code code, String message, String id, String room, OptionalLong retryAfter) {
    refuse(code, message, Optional.of(id), Optional.of(room), retryAfter);
  }

  /// The client may send the same frame again after that time.
  public void tooMuch(String id, String room, long waitMillis) {
    problem(Code.RATE_LIMITED, Code.RATE_LIMITED.sentence(), id, room, OptionalLong.of(waitMillis));
  }

  public void roomProblem(Code code, String message, String room, OptionalLong retryAfter) {
    refuse(code, message, Optional.empty(), Optional.of(room), retryAfter);
  }

  public void refuse(Code code, String message, Optional<String> room, OptionalLong retryAfter) {
    refuse(code, message, Optional.empty(), room, retryAfter);
  }

  private void refuse(
      Code code,
      String message,
      Optional<String> id,
      Optional<String> room,
      OptionalLong retryAfter) {
    metrics.refused(code);
    send(new ServerFrame.Problem(code.wire(), message, id, room, retryAfter));
  }

  public void handled() {
    if (hasRoom()) socket.handled();
    else {
      handledLater++;
      socket.signalWhenDrained();
    }
  }

  public void signalWhenDrained() {
    socket.signalWhenDrained();
  }

  public void drained() {
    for (; handledLater > 0 && hasRoom(); handledLater--) socket.handled();
    if (handledLater > 0) socket.signalWhenDrained();
  }

  public void goodbye(int closeCode, Code code, String message, OptionalLong reconnectAfter) {
    metrics.refused(code);
    var goodbye = new ServerFrame.Goodbye(code.wire(), message, reconnectAfter);
    socket.close(closeCode, code.wire(), socket.encode(Json.bytes(goodbye)));
  }
}
