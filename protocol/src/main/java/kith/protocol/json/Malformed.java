package kith.protocol.json;

import kith.protocol.Code;

/// What arrived is not of the protocol. The message is fit to be shown to who sent it and repeats
/// none of its text.
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  private final Code code;

  public Malformed(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
