package kith.node.auth;

/// A password on its way to be checked; never shows itself in a log.
public record Secret(String text) {
  @Override
  public String toString() {
    return "secret";
  }
}
