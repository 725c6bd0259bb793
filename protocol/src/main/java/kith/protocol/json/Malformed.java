package kith.protocol.json;

import java.util.Optional;
import kith.protocol.Code;

/// Input that does not follow the protocol. The message can be sent back to the sender and contains
/// no part of the input except fields and ids.
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final transient Optional<String> id;
  private final transient Optional<String> room;

  Malformed(Code code, String message) {
    this(code, message, Optional.empty(), Optional.empty());
  }

  private Malformed(Code code, String message, Optional<String> id, Optional<String> room) {
    super(message);
    this.code = code;
    this.id = id;
    this.room = room;
  }

  /// The same problem, with the `id` and `room` of its frame.
  Malformed in(Optional<String> id, Optional<String> room) {
    return new Malformed(code, sentence(), id, room);
  }

  public Code code() {
    return code;
  }

  /// The id of the malformed frame, if it could be read.
  public Optional<String> id() {
    return id;
  }

  /// The room of the malformed frame, if it could be read.
  public Optional<String> room() {
    return room;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
