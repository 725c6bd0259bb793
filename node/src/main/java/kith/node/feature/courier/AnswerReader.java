package kith.node.feature.courier;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads HTTP/1.1 responses from a connection, one at a time, within bounds.
final class AnswerReader {
  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9][0-9])(?: .*)?");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");

  /// The way to find the end of a body.
  sealed interface Body {}

  record Sized(long bytes) implements Body {}

  record Chunked() implements Body {}

  /// It ends with the connection.
  record ToEnd() implements Body {}

  /// @param retryAfter the wait that the receiver asks for, if it gives one in seconds
  /// @param isKept true if another request can follow on the connection, after the body
  record Head(int status, Optional<Duration> retryAfter, Body body, boolean isKept) {}

  /// The other side does not speak HTTP/1.1.
  static final class NoHttp extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final InputStream in;
  private final int mostHead;
  private boolean hasBegun;

  /// @param mostHead bytes of the head of an answer
  AnswerReader(InputStream in, int mostHead) {
    this.in = new BufferedInputStream(in);
    this.mostHead = mostHead;
  }

  /// True if a byte of the answer for which [#head] waits has arrived.
  boolean hasBegun() {
    return hasBegun;
  }

  Head head() throws IOException {
    hasBegun = false;
    var lines = new Lines(mostHead);
    while (true) {
      var status = STATUS.matcher(lines.next());
      if (!status.matches()) throw new NoHttp();
      var head = head(Integer.parseInt(status.group(2)), status.group(1).equals("1"), lines);
      // 100 and 103 precede the answer
      if (head.status() >= 200) return head;
    }
  }

  private static Head head(int status, boolean isPersistent, Lines lines) throws IOException {
    Optional<Duration> retryAfter = Optional.empty();
    Optional<Body> body = Optional.empty();
    var isKept = isPersistent;
    for (var line = lines.next(); !line.isEmpty(); line = lines.next()) {
      var colon = line.indexOf(':');
      var value = line.substring(colon + 1).strip();
      switch (colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "retry-after" -> {
          if (SECONDS.matcher(value).matches())
            retryAfter = Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        case "connection" -> isKept &= !value.toLowerCase(Locale.ROOT).contains("close");
        // a body with both is chunked
        case "transfer-encoding" ->
            body = Optional.of(value.equalsIgnoreCase("chunked") ? new Chunked() : new ToEnd());
        case "content-length" -> {
          if (body.isEmpty() && LENGTH.matcher(value).matches())
            body = Optional.of(new Sized(Long.parseLong(value)));
        }
        default -> {}
      }
    }
    var hasNone = status == 204 || status == 304;
    var length = hasNone ? new Sized(0) : body.orElseGet(ToEnd::new);
    return new Head(status, retryAfter, length, isKept && !(length instanceof ToEnd));
  }

  /// The body that follows on a head; empty if it is longer.
  Optional<byte[]> body(Head head, int most) throws IOException {
    return switch (head.body()) {
      case Sized(var bytes) -> bytes > most ? Optional.empty() : Optional.of(exactly((int) bytes));
      case Chunked() -> chunks(most);
      case ToEnd() -> Optional.of(in.readNBytes(most + 1)).filter(it -> it.length <= most);
    };
  }

  private byte[] exactly(int bytes) throws IOException {
    var read = in.readNBytes(bytes);
    if (read.length < bytes) throw new EOFException();
    return read;
  }

  private Optional<byte[]> chunks(int most) throws IOException {
    var body = new ByteArrayOutputStream();
    var lines = new Lines(mostHead + most);
    while (true) {
      var size = CHUNK.matcher(lines.next());
      if (!size.matches()) throw new NoHttp();
      var bytes = Long.parseLong(size.group(1), 16);
      if (bytes > most - body.size()) return Optional.empty();
      if (bytes == 0) break;
      body.writeBytes(exactly((int) bytes));
      if (!lines.next().isEmpty()) throw new NoHttp();
    }
    // trailers
    while (!lines.next().isEmpty()) {}
    return Optional.of(body.toByteArray());
  }

  /// Lines of limited size together.
  private final class Lines {
    private int left;

    Lines(int most) {
      this.left = most;
    }

    String next() throws IOException {
      var line = new StringBuilder();
      for (var c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) throw new EOFException();
        hasBegun = true;
        if (--left < 0) throw new IOException("The head is too long");
        if (c != '\r') line.append((char) c);
      }
      return line.toString();
    }
  }
}
