package kith.node.gateway.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import kith.node.gateway.socket.Incoming.Fault;
import kith.node.gateway.socket.Incoming.Nothing;
import org.apache.pekko.util.ByteString;

/// Reads a client's frames (RFC 6455, section 5) from a byte stream with any chunk boundaries, and
/// joins fragmented messages.
///
/// It holds only the last offered chunk and, between the first and the last byte of a message, the
/// received part of that message: at most `limit` bytes.
final class FrameReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] NO_BYTES = {};

  private enum Step {
    FIRST,
    SECOND,
    LENGTH,
    MASK,
    PAYLOAD
  }

  private final int limit;

  private byte[] chunk = NO_BYTES;
  private int at;

  private Step step = Step.FIRST;
  private int headerLeft;
  private boolean last;
  private int opcode;
  private long left;
  private int mask;
  private boolean skipped;

  private boolean inMessage;
  private byte[] message = NO_BYTES;
  private int messageLength;
  private byte[] control = NO_BYTES;
  private int controlLength;

  private boolean ignoring;
  private boolean lost;

  FrameReader(int limit) {
    this.limit = limit;
  }

  /// The next bytes; only when `next` has asked for them with `YET`.
  void offer(ByteString bytes) {
    chunk = bytes.toArrayUnsafe();
    at = 0;
  }

  /// From now on messages are skipped; control frames are still read.
  void ignoreMessages() {
    ignoring = true;
    message = NO_BYTES;
    messageLength = 0;
    skipped = step == Step.PAYLOAD && !isControl();
  }

  Incoming next() {
    while (!lost) {
      if (step == Step.PAYLOAD) {
        readPayload();
        if (left > 0) {
          break;
        }
        step = Step.FIRST;
        var read = isControl() ? endControl() : endData();
        if (read != Nothing.TO_DO || isControl()) {
          return read;
        }
      } else if (at < chunk.length) {
        var fault = readHeader(chunk[at++]);
        if (fault != Nothing.TO_DO) {
          return fault;
        }
      } else {
        break;
      }
    }
    chunk = NO_BYTES;
    at = 0;
    return Nothing.YET;
  }

  private Incoming readHeader(byte next) {
    switch (step) {
      case FIRST -> {
        last = (next & 0x80) != 0;
        opcode = next & 0x0F;
        step = Step.SECOND;
        return (next & 0x70) == 0 && mayComeNow() ? Nothing.TO_DO : lose();
      }
      case SECOND -> {
        var masked = (next & 0x80) != 0;
        left = next & 0x7F;
        if (!masked || (isControl() && left > Frames.LONGEST_CONTROL_PAYLOAD)) {
          return lose();
        }
        headerLeft = left < 126 ? 4 : left == 126 ? 2 : 8;
        step = left < 126 ? Step.MASK : Step.LENGTH;
        left = left < 126 ? left : 0;
        return Nothing.TO_DO;
      }
      case LENGTH -> {
        left = left << 8 | (next & 0xFF);
        if (--headerLeft == 0) {
          step = Step.MASK;
          headerLeft = 4;
        }
        return left < 0 ? lose() : Nothing.TO_DO;
      }
      case MASK -> {
        mask = mask << 8 | (next & 0xFF);
        return --headerLeft == 0 ? beginPayload() : Nothing.TO_DO;
      }
      case PAYLOAD -> throw new IllegalStateException("a payload byte was read as a header");
    }
    throw new IllegalStateException("unknown step of a frame");
  }

  private boolean mayComeNow() {
    return switch (opcode) {
      case Frames.TEXT, Frames.BINARY -> !inMessage;
      case Frames.CONTINUATION -> inMessage;
      case Frames.CLOSE, Frames.PING, Frames.PONG -> last;
      default -> false;
    };
  }

  private boolean isControl() {
    return opcode >= Frames.CLOSE;
  }

  private Incoming beginPayload() {
    step = Step.PAYLOAD;
    if (isControl()) {
      skipped = false;
      control = left == 0 ? NO_BYTES : new byte[(int) left];
      controlLength = 0;
      return Nothing.TO_DO;
    }
    inMessage = !last;
    skipped = ignoring;
    if (ignoring) {
      return Nothing.TO_DO;
    }
    if (opcode == Frames.BINARY) {
      return give(Fault.BINARY);
    }
    return left > limit - messageLength ? give(Fault.TOO_LARGE) : Nothing.TO_DO;
  }

  private void readPayload() {
    var count = (int) Math.min(left, chunk.length - at);
    if (!skipped && isControl()) {
      unmask(control, controlLength, count);
      controlLength += count;
    } else if (!skipped) {
      makeRoom(messageLength + count);
      unmask(message, messageLength, count);
      messageLength += count;
    }
    mask = Integer.rotateLeft(mask, 8 * (count & 3));
    at += count;
    left -= count;
  }

  /// The buffer grows with the received bytes, never with the length in a header, so a large
  /// claimed length costs nothing. A message in one piece gets its exact size; doubling keeps tiny
  /// pieces cheap.
  private void makeRoom(int needed) {
    if (needed > message.length) {
      message = Arrays.copyOf(message, Math.max(needed, Math.min(2 * message.length, limit)));
    }
  }

  private void unmask(byte[] into, int from, int count) {
    var pattern = (long) mask << 32 | (mask & 0xFFFF_FFFFL);
    var i = 0;
    for (; i + 8 <= count; i += 8) {
      LONGS.set(into, from + i, (long) LONGS.get(chunk, at + i) ^ pattern);
    }
    for (; i < count; i++) {
      into[from + i] = (byte) (chunk[at + i] ^ (int) (pattern >>> (56 - 8 * (i & 7))));
    }
  }

  private Incoming endData() {
    if (!last || skipped) {
      return Nothing.TO_DO;
    }
    var whole = message.length == messageLength ? message : Arrays.copyOf(message, messageLength);
    message = NO_BYTES;
    messageLength = 0;
    return Utf8.isValid(whole, 0, whole.length)
        ? new Incoming.Text(ByteString.fromArrayUnsafe(whole))
        : give(Fault.NOT_UTF8);
  }

  private Incoming endControl() {
    var payload = control;
    control = NO_BYTES;
    return switch (opcode) {
      case Frames.PING -> new Incoming.Ping(ByteString.fromArrayUnsafe(payload));
      case Frames.CLOSE -> endClose(payload);
      default -> Nothing.TO_DO;
    };
  }

  private Incoming endClose(byte[] payload) {
    if (payload.length == 0) {
      lost = true;
      return new Incoming.Close(Incoming.Close.UNSAID);
    }
    if (payload.length == 1) {
      return lose();
    }
    var code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    if (!mayBeSaid(code)) {
      return lose();
    }
    // nothing may follow a close frame
    lost = true;
    return Utf8.isValid(payload, 2, payload.length) ? new Incoming.Close(code) : Fault.NOT_UTF8;
  }

  /// Codes that an endpoint may send: RFC 6455, section 7.4, and those registered since.
  private static boolean mayBeSaid(int code) {
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
        || (code >= 3000 && code <= 4999);
  }

  /// The frame is refused but its end is known, so the close frame that follows can be read.
  private Fault give(Fault fault) {
    ignoreMessages();
    return fault;
  }

  /// The start of the next frame is no longer known.
  private Fault lose() {
    lost = true;
    return Fault.PROTOCOL;
  }
}
