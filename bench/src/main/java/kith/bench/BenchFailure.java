package kith.bench;

/// A run cannot continue; the message is shown to the user.
final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchFailure(String sentence) {
    super(sentence);
  }

  BenchFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
