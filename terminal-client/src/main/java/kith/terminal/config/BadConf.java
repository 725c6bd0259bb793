package kith.terminal.config;

/// An error in `client.conf`, as one sentence with the path of the setting.
public final class BadConf extends RuntimeException {
  public BadConf(String sentence) {
    super(sentence);
  }

  BadConf(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
