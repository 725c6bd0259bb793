package kith.node.platform.config;

/// The reason why a node cannot start, in one sentence for the operator. Never holds a secret.
public final class StartFailure extends RuntimeException {
  private final String sentence;

  public StartFailure(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public StartFailure(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
