package kith.node.auth;

/// A password in plain text; `toString` hides it from logs.
public record Secret(String text) {
  @Override
  public String toString() {
    return "secret";
  }
}
