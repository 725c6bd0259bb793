package kith.node.platform.database;

/// Something that must also happen when a signal ends the process.
final class AtExit implements AutoCloseable {
  private final Thread hook;

  private AtExit(Thread hook) {
    this.hook = hook;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static AtExit run(Runnable action) {
    return new AtExit(new Thread(action, "at-exit"));
  }

  /// From now on the caller does it.
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the process ends already
    }
  }
}
