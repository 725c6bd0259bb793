package kith.protocol.json;

import java.util.Optional;
import kith.protocol.Code;

/// What arrived is not of the protocol. The message is fit to be shown to who sent it and repeats
/// none of its text.
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

  /// The same of a frame that could be read so far.
  Malformed in(Optional<String> id, Optional<String> room) {
    return new Malformed(code, sentence(), id, room);
  }

  public Code code() {
    return code;
  }

  /// The id and the room that the frame named all the same.
  public Optional<String> id() {
    return id;
  }

  public Optional<String> room() {
    return room;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
