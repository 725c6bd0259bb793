package kith.node.config;

/// Why a node cannot start, in one sentence for the operator. Never holds a secret.
public final class StartFailure extends RuntimeException {
  public StartFailure(String sentence) {
    super(sentence);
  }

  public StartFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
