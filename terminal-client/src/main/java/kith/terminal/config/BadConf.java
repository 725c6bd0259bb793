package kith.terminal.config;

/// What is wrong with `client.conf`, in one sentence with the path.
public final class BadConf extends RuntimeException {
  public BadConf(String sentence) {
    super(sentence);
  }

  BadConf(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
