package kith.node.platform.database;

/// The reason why a backup, a restore or a move is refused or has failed, in one sentence for the
/// operator. Never holds a secret.
public final class BackupFailure extends RuntimeException {
  private final String sentence;

  public BackupFailure(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public BackupFailure(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
