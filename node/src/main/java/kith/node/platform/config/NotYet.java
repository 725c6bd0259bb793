package kith.node.platform.config;

/// The reason why a node cannot start at the moment, in one sentence for the operator. It may pass
/// by itself, so the node tries again. Never holds a secret.
public final class NotYet extends RuntimeException {
  private final String sentence;

  public NotYet(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public NotYet(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
