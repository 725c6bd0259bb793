package kith.node.platform.tls;

/// The reason why certificates or keys cannot be used: a sentence that names the file. Never holds
/// a key.
final class BadPem extends Exception {
  BadPem(String sentence) {
    super(sentence);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
