package kith.bench;

/// A run cannot go on; the message is a sentence for whoever started it.
final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchFailure(String sentence) {
    super(sentence);
  }

  BenchFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
